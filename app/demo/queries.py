"""What /demo and the loading ask of the stored network."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.queries import person_id_by_email
from app.bookings.models import Booking
from app.bookings.rules.status import BookingStatus
from app.bookings.service.booking import PURPOSE
from app.core import state
from app.core.database import db
from app.core.tokens import personal_token
from app.demo.network import programme
from app.events.models import Event, Occurrence
from app.events.rules.schedule import read_local, to_local
from app.events.rules.vocabulary import OccurrenceStatus
from app.places.models import Place
from app.territories.models import Territory

LOADED = "demo_loaded"
SAMPLED = "sample_made"
FAMILY_DOMAIN = "prova.example"  # reserved by RFC 2606: mail to it can never arrive
IS_FAMILY = Booking.email.like(f"%@{FAMILY_DOMAIN}")


@dataclass(frozen=True)
class StoredEvent:
    """An event of the demo as it is stored: its keys, and its first start on the wall clock."""

    id: int
    public_id: str
    slug: str
    starts_local: datetime


@dataclass(frozen=True)
class StoredDate:
    """One date of an event of the demo; times aware in UTC. `waiting` counts families in the queue."""

    public_id: str
    recurrence_id: datetime
    starts_at: datetime
    ends_at: datetime
    status: OccurrenceStatus
    capacity: int | None
    seats_taken: int
    waiting: int

    @property
    def free(self) -> int:
        """Seats that are left."""
        return (self.capacity or 0) - self.seats_taken

    @property
    def is_moved(self) -> bool:
        """Whether it has another time than its rule said."""
        return self.status is OccurrenceStatus.SCHEDULED and self.starts_at != self.recurrence_id


def is_loaded() -> bool:
    """Whether the made-up network is in this database."""
    return state.read(LOADED) is not None


def has_made_up_records() -> bool:
    """Whether anything in this database is made up, the demo network or a sample: then every page says so."""
    return bool(state.read_many(LOADED, SAMPLED))


def has_places() -> bool:
    """Whether any place is stored at all."""
    return db.session.scalar(sa.select(Place.id).limit(1)) is not None


def place_keys(source: str) -> dict[str, tuple[int, str]]:
    """(key, public id) of each place of a source, by its name there."""
    rows = db.session.execute(
        sa.select(Place.source_id, Place.id, Place.public_id).where(Place.source == source)
    )
    return {source_id: (key, public_id) for source_id, key, public_id in rows}


def territory_keys() -> dict[str, int]:
    """Key of each territory by its code; read now, not remembered, since loading may just have written them."""
    return {row.code: row.id for row in db.session.execute(sa.select(Territory.code, Territory.id))}


def imported_territories() -> set[str]:
    """Codes of the territories whose border is not a drawing of ours."""
    return set(db.session.scalars(sa.select(Territory.code).where(Territory.is_demo.is_(False))))


def event_by_source_key(source_key: str) -> StoredEvent | None:
    """One event of the demo."""
    row = db.session.execute(
        sa.select(Event.id, Event.public_id, Event.slug, Event.starts_local).where(
            Event.source_key == source_key
        )
    ).one_or_none()
    return None if row is None else StoredEvent(row[0], row[1], row[2], read_local(row[3]))


def is_booked_whole(source_key: str) -> bool | None:
    """How families book an event on which somebody has a place; None where nobody has."""
    booked = sa.exists().where(Occurrence.event_id == Event.id, Occurrence.seats_taken > 0)
    return db.session.scalar(sa.select(Event.booked_whole).where(Event.source_key == source_key, booked))


def dates(event_id: int, from_at: datetime, to_at: datetime) -> list[StoredDate]:
    """Dates that start in this time, earliest first, cancelled ones too."""
    coming = (Occurrence.event_id == event_id, Occurrence.starts_at > from_at, Occurrence.starts_at < to_at)
    rows = db.session.execute(_dates().where(*coming).order_by(Occurrence.starts_at))
    return [StoredDate(*row) for row in rows]


def dates_left_behind(event_id: int, now: datetime, starts_at: datetime) -> list[int]:
    """Keys of coming dates that lie before an event's new first start (aware UTC)."""
    between = (Occurrence.recurrence_id > now, Occurrence.recurrence_id < starts_at)
    rows = db.session.scalars(sa.select(Occurrence.id).where(Occurrence.event_id == event_id, *between))
    return list(rows)


def date_now(public_id: str) -> StoredDate | None:
    """One date as it stands at this moment."""
    row = db.session.execute(_dates().where(Occurrence.public_id == public_id)).one_or_none()
    return None if row is None else StoredDate(*row)


def count_dates(source: str) -> int:
    """How many dates the events of a source have."""
    query = sa.select(sa.func.count()).select_from(Occurrence).join(Event, Event.id == Occurrence.event_id)
    return db.session.scalar(query.where(Event.source_key.like(f"{source}:%"))) or 0


def booked_by_visitors(event_id: int, tzid: str) -> list[datetime]:
    """Wall-clock starts (as the rule gave them) of dates that somebody other than our made-up families booked."""
    rows = db.session.scalars(
        sa.select(Occurrence.recurrence_id)
        .join(Booking, Booking.occurrence_id == Occurrence.id)
        .where(Occurrence.event_id == event_id, sa.or_(Booking.email.is_(None), sa.not_(IS_FAMILY)))
        .distinct()
        .order_by(Occurrence.recurrence_id)
    )
    return [to_local(start, tzid) for start in rows]


def family_link(occurrence_public_id: str) -> str | None:
    """The personal token of a made-up family with a seat on this date, for the tour."""
    row = db.session.execute(
        sa.select(Booking.public_id, Booking.generation)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .where(
            Occurrence.public_id == occurrence_public_id, IS_FAMILY, Booking.status == BookingStatus.CONFIRMED
        )
        .order_by(Booking.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else personal_token(PURPOSE, row[0], row[1])


def person_id_of_entry(entry: str) -> int | None:
    """The key of the person behind a door of /demo."""
    emails: Collection[str] = [
        person.email for person in programme.people() if person.entry and person.entry == entry
    ]
    return next((person_id_by_email(email) for email in emails), None)


def _dates() -> sa.Select[*tuple[Any, ...]]:
    waits = sa.select(sa.func.count()).where(
        Booking.occurrence_id == Occurrence.id, Booking.status == BookingStatus.WAITLISTED
    )
    return sa.select(
        Occurrence.public_id, Occurrence.recurrence_id, Occurrence.starts_at, Occurrence.ends_at,
        Occurrence.status, Occurrence.capacity, Occurrence.seats_taken, waits.scalar_subquery(),
    )  # fmt: skip
