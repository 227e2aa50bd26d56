"""Every day the rows reach one day further ahead."""

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import ApplicationError
from app.core.jobs import daily
from app.events.models import Event, Occurrence
from app.events.queries import schedule_of
from app.events.rules.schedule import Slot, slots, window_at
from app.events.service.courses import fit_course
from app.events.service.dates import add_dates
from app.events.signals import event_saved


@daily("events.materialise")
def materialise() -> None:
    """Add the dates that have come within 18 months. Existing rows, bookings and all, are never touched.

    The dates are laid out without a lock; each event that gets new rows is one short transaction.
    """
    recurring = db.session.scalars(sa.select(Event.id).where(Event.rrule != "").order_by(Event.id)).all()
    for event_id in recurring:
        missing = _missing(event_id)
        if missing:
            _add(event_id, missing)


def _missing(event_id: int) -> list[Slot]:
    now = clock.now()
    event = db.session.get(Event, event_id)
    if event is None:
        return []
    try:
        wanted = slots(schedule_of(event), window_at(now))
    except ApplicationError:  # a rule that grew past the limit keeps the dates that it has
        return []
    known = set(
        db.session.scalars(sa.select(Occurrence.recurrence_id).where(Occurrence.event_id == event_id))
    )
    return [slot for slot in wanted if slot.recurrence_id > now and slot.recurrence_id not in known]


@patiently
def _add(event_id: int, missing: list[Slot]) -> None:
    with transaction() as session:
        event = session.scalar(sa.select(Event).where(Event.id == event_id).with_for_update())
        if event is None:
            return
        known = set(
            session.scalars(sa.select(Occurrence.recurrence_id).where(Occurrence.event_id == event_id))
        )
        if add_dates(event, [slot for slot in missing if slot.recurrence_id not in known], clock.now()):
            fit_course(event)
            event_saved.send(event_id=event_id)
