"""Hold an event until a manager has looked at it, and let them decide; tell managers what hosts publish at once."""

from datetime import timedelta

import sqlalchemy as sa

from app.accounts.queries import managers, managing
from app.core import clock
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.jobs import daily
from app.core.mail import outbox
from app.events.models import Event, EventReview
from app.events.queries.reviews import new_events
from app.events.rules import reviews as rules
from app.events.rules.reviews import ReviewStatus
from app.events.signals import event_saved
from app.places.commands import Decision
from app.places.queries import territory_ids

NEWS = timedelta(days=1)


def ask_review(event: Event, person_public_id: str) -> None:
    """Inside the caller's transaction: who may decide is told; while it waits, asking again is asking once."""
    now = clock.now()
    review = db.session.get(EventReview, event.id)
    if review is not None and review.status is ReviewStatus.WAITING:
        return
    if review is None:
        review = EventReview(event_id=event.id)
        db.session.add(review)
    else:
        rules.check_move(review.status, ReviewStatus.WAITING)
    review.status, review.asked_by, review.asked_at = ReviewStatus.WAITING, person_public_id, now
    review.reason, review.reason_language, review.decided_at = "", "", None
    for person in managing(territory_ids(event.place_id)):
        subject = f"{event.public_id}:{person.public_id}"
        outbox.put("review_waits", subject, dedupe_key=f"review_waits:{subject}:{now.isoformat()}")


def decide_review(event_public_id: str, decision: Decision) -> None:
    """Yes publishes the event with all its dates, no leaves it a draft; both reach who asked, with the words.

    Raises NotFound, ReviewSettled.
    """
    wanted = ReviewStatus.APPROVED if decision.is_yes else ReviewStatus.DECLINED
    with transaction() as session:
        event = session.scalar(sa.select(Event).where(Event.public_id == event_public_id).with_for_update())
        if event is None:
            raise NotFound
        review = session.get(EventReview, event.id)
        if review is None:
            raise rules.ReviewSettled  # nobody asks
        rules.check_move(review.status, wanted)
        review.status, review.decided_at = wanted, clock.now()
        review.reason, review.reason_language = decision.reason.value, decision.reason.lang
        if decision.is_yes and not event.is_published:
            event.is_published, event.updated_at = True, clock.now()
            session.flush()
            event_saved.send(event_id=event.id)
        once = f"review_decided:{event.public_id}:{review.decided_at.isoformat()}"
        outbox.put("review_decided", f"{event.public_id}:{wanted.value}", dedupe_key=once)


@daily("events.news")
def tell_managers() -> None:
    """What hosts have published since yesterday, in one mail to each manager; running it again tells nobody twice."""
    now = clock.now()
    for person_id, own in managers().items():
        if new_events(own, since=now - NEWS):
            subject = f"{now:%Y-%m-%d}:{person_id}"
            with transaction():
                outbox.put("events_new", subject, dedupe_key=f"events_new:{subject}")
