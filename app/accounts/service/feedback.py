"""What somebody writes about the site itself reaches its operators."""

from datetime import timedelta

import sqlalchemy as sa

from app.accounts import queries
from app.accounts.commands import GiveFeedback
from app.accounts.models import Feedback
from app.core import clock, tokens
from app.core.busy import patiently
from app.core.database import transaction
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.mail import outbox
from app.core.retention import remove_ended

KEPT = timedelta(days=180)


@patiently
def give_feedback(command: GiveFeedback) -> None:
    """Keep it and tell every operator once; the same press again is the same message. Raises Busy."""
    key = tokens.token_hash(command.idempotency_key)
    with transaction() as session:
        if session.scalar(sa.select(Feedback.id).where(Feedback.idempotency_key == key)):
            return
        made = Feedback(
            public_id=public_id(), text=command.text, email=command.email, language=command.language,
            idempotency_key=key, created_at=clock.now(),
        )  # fmt: skip
        session.add(made)
        session.flush()
        for operator in queries.operators():
            subject = f"{made.public_id}:{operator.public_id}"
            outbox.put("feedback_told", subject, dedupe_key=f"feedback_told:{subject}")


@daily("accounts.feedback")
def forget_feedback() -> None:
    """Half a year is enough to answer."""
    remove_ended(Feedback.id, Feedback.created_at <= clock.now() - KEPT)
