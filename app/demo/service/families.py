"""Made-up families book through the real service, until just the story's seats are left."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.rules.admission import BookingClosed
from app.bookings.service import book
from app.core import clock
from app.core.database import transaction
from app.core.mail.models import OutboxMessage
from app.demo import queries
from app.demo.network import programme
from app.demo.network.programme import DemoEvent
from app.demo.queries import FAMILY_DOMAIN, StoredDate
from app.demo.records import source_key
from app.demo.rules import Party, next_party
from app.events.rules.vocabulary import OccurrenceStatus

AHEAD = timedelta(days=8)  # one week and a day: the next date of a weekly event is always inside
MOST_FAMILIES = 60
LANGUAGES = ("it", "it", "en", "it", "ar")


def book_families(began_at: datetime) -> None:
    """Fill the coming dates of each event, then keep the post office quiet about it."""
    for event in programme.events():
        if event.leave is not None:
            _fill_dates(event, event.leave)
    _hush(began_at)


def _fill_dates(event: DemoEvent, leave: int) -> None:
    stored = queries.event_by_source_key(source_key(event))
    if stored is None:
        return
    now = clock.now()
    for day in queries.dates(stored.id, now, now + AHEAD):
        if day.status is OccurrenceStatus.SCHEDULED:
            _fill(event, day, leave)


def _fill(event: DemoEvent, day: StoredDate, leave: int) -> None:
    """Book until the story is told. A family that a visitor sent away stays away: its key is used up."""
    current: StoredDate | None = day
    for number in range(1, MOST_FAMILIES):
        if current is None or _is_told(event, current, leave):
            return
        room = current.free - leave
        party = next_party(event.counted_as, room if room > 0 else event.capacity or 1)
        try:
            book(day.public_id, _command(event, day, number, party))
        except BookingClosed:  # its booking has closed, or is not open yet
            return
        current = queries.date_now(day.public_id)


def _is_told(event: DemoEvent, day: StoredDate, leave: int) -> bool:
    """Behind a queue nobody gets a seat, so free seats are then left to those who wait."""
    return day.waiting >= event.waiting and (day.free <= leave or day.waiting > 0)


def _command(event: DemoEvent, day: StoredDate, number: int, party: Party) -> Book:
    return Book(
        name=f"Famiglia di prova {number}",
        email=f"famiglia-{number}@{FAMILY_DOMAIN}",
        adults=party.adults,
        children=party.children,
        accepts_waiting=True,
        idempotency_key=f"demo:{event.key}:{day.recurrence_id.isoformat()}:{number}",
        language=LANGUAGES[number % len(LANGUAGES)],
        ages=(_age(event),) * party.children if event.also.get("asks_ages") else (),
    )


def _age(event: DemoEvent) -> int:
    """Of every made-up child, in months: one that the event is for."""
    return max(0, event.ages[0]) + 6 if event.ages else 12


def _hush(began_at: datetime) -> None:
    """What these bookings would have mailed counts as sent: the demo's mailbox is for what visitors do."""
    families = sa.select(Booking.public_id).where(queries.IS_FAMILY)
    with transaction() as session:
        session.execute(
            sa.update(OutboxMessage)
            .where(
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.created_at >= began_at,
                OutboxMessage.subject_id.in_(families),
            )
            .values(sent_at=clock.now())
        )
