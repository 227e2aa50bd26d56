"""Answer a request, give a reservation back, let go of requests that nobody answered in time."""

from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.jobs import watch
from app.core.tokens import token_hash
from app.spaces.commands import Decide
from app.spaces.models import Reservation, Space
from app.spaces.rules.refusals import AlreadyBegun
from app.spaces.rules.status import ReservationStatus, may_move
from app.spaces.service.reserving import lock_space, tell

ANSWER_WITHIN = timedelta(days=3)


@patiently
def cancel(token: str) -> ReservationStatus:
    """Give it back; twice is once. Raises NotFound, AlreadyBegun, Busy."""
    return _move(Reservation.token_hash == token_hash(token), ReservationStatus.CANCELLED, "")


@patiently
def decide(space_id: int, command: Decide) -> ReservationStatus:
    """Accept or decline a request; one that was answered or given back stays so. Raises as `cancel`."""
    own = sa.and_(Reservation.space_id == space_id, Reservation.public_id == command.reservation)
    new = ReservationStatus.CONFIRMED if command.is_accepted else ReservationStatus.DECLINED
    return _move(own, new, command.words, only_from=ReservationStatus.REQUESTED)


@patiently
def take_away(space_id: int, reservation_id: str) -> ReservationStatus:
    """The place needs its space itself; twice is once. Raises as `cancel`."""
    own = sa.and_(Reservation.space_id == space_id, Reservation.public_id == reservation_id)
    return _move(own, ReservationStatus.CANCELLED, "")


@watch
def expire_requests() -> None:
    """Requests that nobody answered in three days, or whose time has come, hold nothing any more; who asked is told."""
    now = clock.now()
    over = (
        Reservation.status == ReservationStatus.REQUESTED,
        sa.or_(Reservation.starts_at <= now, Reservation.created_at <= now - ANSWER_WITHIN),
    )
    if db.session.scalar(sa.select(Reservation.id).where(*over).limit(1)) is None:
        return
    with transaction() as session:
        for one in session.scalars(sa.select(Reservation).where(*over).with_for_update()).all():
            one.status, one.updated_at = ReservationStatus.EXPIRED, now
            tell(one)


def _move(
    owned: sa.ColumnElement[bool],
    new: ReservationStatus,
    words: str,
    only_from: ReservationStatus | None = None,
) -> ReservationStatus:
    """The space is locked before the reservation is read, in the same order as reserve() does."""
    with transaction():
        space_id = db.session.scalar(sa.select(Reservation.space_id).where(owned))
        if space_id is None:
            raise NotFound
        lock_space(Space.id == space_id)
        reservation = db.session.scalars(sa.select(Reservation).where(owned)).one()
        current = reservation.status
        if not may_move(current, new) or only_from not in (None, current):
            return current
        if reservation.starts_at <= clock.now():
            raise AlreadyBegun
        reservation.status, reservation.updated_at = new, clock.now()
        reservation.answer = words or reservation.answer
        reservation.sequence += 1
        db.session.flush()
        tell(reservation)
        return reservation.status
