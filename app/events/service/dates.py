"""From slots to rows: which dates are added, kept, renamed or dropped when a schedule is saved again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.core.database import db
from app.core.ids import public_id
from app.events.models import Event, Occurrence
from app.events.rules.comparing import Difference, difference
from app.events.rules.schedule import Slot, to_local, write_local
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.signals import dates_left_out

# Keys of dates that took another name, and when each began before.
Renamed = dict[int, datetime]


@dataclass
class Changes:
    """Keys of dates whose bookers must be told, and of those whose room has another size.

    `staying` are dates that the schedule no longer gives, and somebody booked; `told` families are written to.
    """

    moved: list[int] = field(default_factory=list)
    resized: list[int] = field(default_factory=list)
    staying: list[Occurrence] = field(default_factory=list)
    told: int = 0


def add_dates(event: Event, slots: Iterable[Slot], now: datetime) -> int:
    """Insert one row for each slot; returns how many."""
    rows = [
        {
            "public_id": public_id(), "event_id": event.id, "place_id": event.place_id,
            "recurrence_id": slot.recurrence_id, "starts_at": slot.recurrence_id, "ends_at": slot.ends_at,
            "status": OccurrenceStatus.SCHEDULED, "capacity": event.capacity, "seats_taken": 0, "sequence": 0,
            "updated_at": now,
        }
        for slot in slots
    ]  # fmt: skip
    if rows:
        db.session.execute(sa.insert(Occurrence), rows)
    return len(rows)


def lay_out_again(event: Event, slots: Sequence[Slot], now: datetime, *, is_new_capacity: bool) -> Changes:
    """Fit the coming dates of a saved event to its new schedule; what is over stays as it was.

    A date whose time of day changed keeps its id and its bookings. A date that the schedule no longer gives goes,
    unless somebody holds on to it (`dates_left_out`): then it stays, as an RDATE.
    """
    known = {date.recurrence_id: date for date in _coming(event, now)}
    wanted = {slot.recurrence_id: slot for slot in slots if slot.recurrence_id > now}
    changes = Changes()
    renamed = _rename(known, wanted, difference(known, wanted, event.tzid))
    changes.staying = _drop([date for start, date in known.items() if start not in wanted], event)
    for start, slot in wanted.items():
        if start in known:
            _fit(known[start], slot, event, changes, renamed)
    if is_new_capacity:
        _resize(event, [known[start] for start in known if start in wanted], changes)
    add_dates(event, (slot for start, slot in wanted.items() if start not in known), now)
    db.session.flush()
    return changes


def left_out(event: Event, slots: Sequence[Slot], now: datetime) -> list[Occurrence]:
    """The coming dates that this schedule would leave out although somebody holds on to them; changes nothing."""
    known = {date.recurrence_id: date for date in _coming(event, now)}
    wanted = [slot.recurrence_id for slot in slots if slot.recurrence_id > now]
    gone = [known[start] for start in difference(known, wanted, event.tzid).gone]
    held = held_dates([date.id for date in gone])
    return [date for date in gone if date.id in held]


def _coming(event: Event, now: datetime) -> list[Occurrence]:
    query = sa.select(Occurrence).where(Occurrence.event_id == event.id, Occurrence.recurrence_id > now)
    return list(db.session.scalars(query.order_by(Occurrence.recurrence_id).with_for_update()))


def _rename(known: dict[datetime, Occurrence], wanted: dict[datetime, Slot], found: Difference) -> Renamed:
    """What takes place at another hour of its day takes the new name and the new time."""
    renamed: Renamed = {}
    for start, new_start in found.renamed.items():
        date = known.pop(start)
        old_start = date.starts_at
        if date.starts_at == date.recurrence_id:
            date.starts_at, date.ends_at = new_start, wanted[new_start].ends_at
        date.recurrence_id = new_start
        known[new_start] = date
        renamed[date.id] = old_start
    return renamed


def held_dates(occurrence_ids: Sequence[int]) -> set[int]:
    """Those of these dates on which somebody holds on to them: they must not vanish."""
    if not occurrence_ids:
        return set()
    answers = dates_left_out.send(occurrence_ids=occurrence_ids)
    return {kept for _, answer in answers for kept in answer or ()}


def _drop(gone: list[Occurrence], event: Event) -> list[Occurrence]:
    """Returns those that stay, since somebody holds on to them."""
    held = held_dates([date.id for date in gone])
    staying = [date for date in gone if date.id in held]
    if staying:
        extra = {write_local(to_local(date.recurrence_id, event.tzid)) for date in staying}
        event.rdates = sorted({*event.rdates, *extra})
    going = [date.id for date in gone if date.id not in held]
    if going:
        db.session.flush()
        db.session.execute(
            sa.delete(Occurrence)
            .where(Occurrence.id.in_(going))
            .execution_options(synchronize_session="fetch")
        )
    return staying


def _fit(date: Occurrence, slot: Slot, event: Event, changes: Changes, renamed: Renamed) -> None:
    """Take over length and place; a date that was moved by hand keeps its own time."""
    before = (date.ends_at, date.place_id)
    if date.starts_at == date.recurrence_id:
        date.ends_at = slot.ends_at
    date.place_id = event.place_id
    if date.id in renamed or before != (date.ends_at, date.place_id):
        old_start = renamed.get(date.id, date.starts_at)
        date.previous_starts_at = None if old_start == date.starts_at else old_start
        date.sequence += 1
        date.updated_at = event.updated_at
        if date.seats_taken:
            changes.moved.append(date.id)


def _resize(event: Event, dates: Iterable[Occurrence], changes: Changes) -> None:
    """Take over the number of seats, never below what is taken.

    A queue may move in a smaller room too: a family that has become larger than the room no longer holds others up.
    """
    for date in dates:
        old = date.capacity
        date.capacity = None if event.capacity is None else max(event.capacity, date.seats_taken, 1)
        if old is not None and date.capacity != old:
            changes.resized.append(date.id)
