"""Reserve a stretch of time: at once, or as a request that a host answers."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.accounts.queries import lookers_after
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.core.mail import outbox
from app.core.tokens import personal_token, token_hash
from app.places.queries import PlaceView, place_by_id, territory_ids
from app.spaces.commands import Reserve
from app.spaces.models import Reservation, Space
from app.spaces.queries import SpaceView, space_by_id
from app.spaces.rules.refusals import CutNotPossible, SlotTaken, TooManyThisWeek
from app.spaces.rules.slots import bounds
from app.spaces.rules.status import HOLDING, ReservationStatus
from app.spaces.service.offering import offered

PURPOSE = "reservation"


@dataclass(frozen=True)
class Reserved:
    """The personal token of a reservation and its state."""

    token: str
    status: ReservationStatus


@patiently
def reserve(space_id: str, command: Reserve) -> Reserved:
    """Take a free slot. Raises NotFound, CutNotPossible, SlotTaken, TooManyThisWeek, Busy."""
    with transaction() as session:
        space, place = lock_space(Space.public_id == space_id)
        if not space.is_published:
            raise NotFound
        key = token_hash(f"{space_id}\n{command.email.casefold()}\n{command.idempotency_key}")
        known = session.scalars(sa.select(Reservation).where(Reservation.idempotency_key == key)).first()
        reservation = known or _new(space, place, command, key)
        return Reserved(token_of(reservation.public_id, reservation.generation), reservation.status)


def token_of(own_id: str, generation: int) -> str:
    """The personal token of a reservation: computed, never stored."""
    return personal_token(PURPOSE, own_id, generation)


def lock_space(condition: sa.ColumnElement[bool]) -> tuple[SpaceView, PlaceView]:
    """Hold a space until the transaction ends (SQLite has one writer anyway); raises NotFound."""
    key = db.session.scalar(sa.select(Space.id).where(condition).with_for_update())
    space = space_by_id(key) if key is not None else None
    place = place_by_id(space.place_id) if space else None
    if space is None or place is None:
        raise NotFound
    return space, place


def add(
    space: SpaceView, command: Reserve, key: str, status: ReservationStatus, series_id: str | None
) -> Reservation:
    """Write the row; the caller holds the space and knows that the time is free, or that it is only skipped."""
    own_id, now = public_id(), clock.now()
    ends_at = command.starts_at + space.rule.length(command.steps)
    reservation = Reservation(
        public_id=own_id, space_id=space.id, token_hash=token_hash(token_of(own_id, 1)), generation=1,
        idempotency_key=key, name=command.name, email=command.email, language=command.language,
        purpose=command.purpose, starts_at=command.starts_at, ends_at=ends_at,
        blocked_until=ends_at + space.rule.buffer, status=status, series_id=series_id, answer="", sequence=0,
        created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(reservation)
    db.session.flush()
    return reservation


def _new(space: SpaceView, place: PlaceView, command: Reserve, key: str) -> Reservation:
    if not space.rule.allows(command.steps):
        raise CutNotPossible
    day = command.starts_at.astimezone(ZoneInfo(place.tzid)).date()
    free = offered(space, place, [day], command.steps)[day]
    if command.starts_at not in {slot.starts_at for slot in free}:
        raise SlotTaken
    monday = day - timedelta(days=day.weekday())
    start, end = bounds(monday, place.tzid, 7)
    same = (
        Reservation.space_id == space.id, Reservation.status.in_(HOLDING),
        sa.func.lower(Reservation.email) == command.email.lower(),
        Reservation.starts_at >= start, Reservation.starts_at < end,
    )  # fmt: skip
    if (db.session.scalar(sa.select(sa.func.count()).where(*same)) or 0) >= space.max_per_week:
        raise TooManyThisWeek(most=space.max_per_week)
    status = ReservationStatus.REQUESTED if space.needs_approval else ReservationStatus.CONFIRMED
    reservation = add(space, command, key, status, None)
    tell(reservation)
    if status is ReservationStatus.REQUESTED:
        tell_hosts(reservation, place)
    return reservation


def tell(reservation: Reservation) -> None:
    """Put the mail that speaks of its state beside the change; a host's own dates have no address."""
    if reservation.email:
        kind = f"reservation_{reservation.status}"
        outbox.put(kind, reservation.public_id, dedupe_key=f"{kind}:{reservation.public_id}")


def tell_hosts(reservation: Reservation, place: PlaceView) -> None:
    """Somebody asks: whoever looks after the place is to answer."""
    for person in lookers_after(place.id, territory_ids(place.id)):
        subject = f"{reservation.public_id}:{person.public_id}"
        outbox.put("reservation_asked", subject, dedupe_key=f"reservation_asked:{subject}")
