"""What is kept of people who vote and report, and for how long (the privacy page says the same).

Votes: 180 days. The e-mail address of a report: two days after its last answer, so that the mail with it can be sent
again while a server is down, and 90 days where nobody answers. Reports with their answers: one year.
"""

from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.database import transaction
from app.core.jobs import daily
from app.core.retention import remove_ended
from app.places.models import FactVote, Report
from app.places.rules.reports import TOLD

VOTES_KEPT = timedelta(days=180)
ADDRESS_KEPT = timedelta(days=90)
ADDRESS_KEPT_AFTER_ANSWER = timedelta(days=2)
REPORTS_KEPT = timedelta(days=365)


@daily("places.forget")
def forget_parents() -> None:
    """Votes, addresses and reports whose time is over."""
    now = clock.now()
    remove_ended(FactVote.id, FactVote.day < (now - VOTES_KEPT).date())
    remove_ended(Report.id, Report.created_at < now - REPORTS_KEPT)
    answered = sa.and_(Report.status.in_(TOLD), Report.updated_at < now - ADDRESS_KEPT_AFTER_ANSWER)
    due = (Report.email.is_not(None), sa.or_(answered, Report.created_at < now - ADDRESS_KEPT))
    with transaction() as session:
        if session.scalar(sa.select(Report.id).where(*due).limit(1)) is not None:
            session.execute(sa.update(Report).where(*due).values(email=None))
