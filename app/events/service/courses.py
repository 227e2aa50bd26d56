"""A course that is booked whole: one of its dates leads, and there everybody books and waits."""

import sqlalchemy as sa

from app.core import clock
from app.core.database import db
from app.events.models import Event, Occurrence
from app.events.queries import schedule_of
from app.events.rules.course import CourseIsBooked
from app.events.rules.recurrence import first_instant
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service.dates import held_dates
from app.events.signals import course_changed

# What takes place leads before what is put off.
_RANK = sa.case((Occurrence.status == OccurrenceStatus.SCHEDULED, 0), else_=1)


def fit_course(event: Event) -> int:
    """Let the first date that takes place lead; returns how many families are told of other dates.

    Call it once at the end of every change of an event's dates, inside its transaction, which holds the event.
    """
    if not event.booked_whole:
        return 0
    mine = _of_its_schedule(event)
    on = Occurrence.status != OccurrenceStatus.CANCELLED
    first = sa.select(Occurrence.id).where(mine, on).order_by(_RANK, Occurrence.starts_at, Occurrence.id)
    lead_id = db.session.scalar(first.limit(1))
    if lead_id is not None:  # where all of it is off, it stays as it was: who waits there is told there
        _name(mine, lead_id)
    answers = course_changed.send(event_id=event.id)
    return sum(number for _, number in answers if number is not None)


def change_whole(event: Event) -> None:
    """Its dates are booked together from now on, or each by itself; raises CourseIsBooked where somebody has booked.

    Inside the transaction that has changed `booked_whole`.
    """
    if held_dates(db.session.scalars(sa.select(Occurrence.id).where(Occurrence.event_id == event.id)).all()):
        raise CourseIsBooked
    if not event.booked_whole:
        _name(Occurrence.event_id == event.id, None)


def _of_its_schedule(event: Event) -> sa.ColumnElement[bool]:
    """A schedule that was moved to a later beginning is another course: what was before keeps its own leading date.

    Not as long as somebody has a place on a date still to come: nobody is to book half a course.
    """
    schedule = schedule_of(event)
    extra = [first_instant(one, event.tzid) for one in schedule.rdates]
    starts_at = first_instant(schedule.starts_local, event.tzid)
    in_time = sa.or_(Occurrence.recurrence_id >= starts_at, Occurrence.recurrence_id.in_(extra))
    own = Occurrence.event_id == event.id
    taken = (own, in_time, Occurrence.seats_taken > 0, Occurrence.ends_at > clock.now())
    going_on = db.session.scalars(sa.select(Occurrence.lead_id).where(*taken).distinct()).all()
    return sa.and_(own, sa.or_(in_time, Occurrence.lead_id.in_([one for one in going_on if one is not None])))


def _name(mine: sa.ColumnElement[bool], lead_id: int | None) -> None:
    db.session.execute(
        sa.update(Occurrence)
        .where(mine, Occurrence.lead_id.is_distinct_from(lead_id))
        .values(lead_id=lead_id)
        .execution_options(synchronize_session="fetch")
    )
