"""A host's own dates again and again; those that clash are skipped, and can be taken up when they get free."""

from dataclasses import replace

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.core.tokens import token_hash
from app.places.queries import PlaceView
from app.spaces.commands import Reserve, ReserveSeries
from app.spaces.models import Reservation, Space
from app.spaces.queries import SpaceView
from app.spaces.rules.refusals import CutNotPossible, SlotTaken
from app.spaces.rules.series import series_starts
from app.spaces.rules.status import ReservationStatus, may_move
from app.spaces.service.offering import is_free_for_host
from app.spaces.service.reserving import add, lock_space


@patiently
def reserve_series(space_id: int, command: ReserveSeries) -> str:
    """Reserve each date that is free and list the others as skipped; the same key again is the same series.

    Returns the id of the series. Raises NotFound, CutNotPossible, TooManyDates, Busy.
    """
    with transaction() as session:
        space, place = lock_space(Space.id == space_id)
        if not space.rule.allows(command.steps):
            raise CutNotPossible
        key = token_hash(f"{space_id}\nseries\n{command.idempotency_key}")
        known = session.scalar(
            sa.select(Reservation.series_id).where(Reservation.idempotency_key == f"{key[:56]}:0")
        )
        series_id = known or public_id()
        if known is None:
            _add_all(space, place, command, key, series_id)
        return series_id


@patiently
def take_up(space_id: int, reservation_id: str) -> ReservationStatus:
    """Reserve a skipped date after all. Raises NotFound, SlotTaken, Busy."""
    own = (Reservation.space_id == space_id, Reservation.public_id == reservation_id)
    with transaction() as session:
        space, place = lock_space(Space.id == space_id)
        date = session.scalars(sa.select(Reservation).where(*own)).one_or_none()
        if date is None:
            raise NotFound
        if date.series_id is None or not may_move(date.status, ReservationStatus.CONFIRMED):
            return date.status
        steps = (date.ends_at - date.starts_at) // space.rule.length(1)
        if not is_free_for_host(space, place, date.starts_at, steps):
            raise SlotTaken
        date.status, date.updated_at = ReservationStatus.CONFIRMED, clock.now()
        # The buffer may have changed since.
        date.blocked_until = date.ends_at + space.rule.buffer
        return date.status


def _add_all(space: SpaceView, place: PlaceView, command: ReserveSeries, key: str, series_id: str) -> None:
    one = Reserve(command.starts_at, command.steps, command.name, "", "", key, command.language)
    starts = series_starts(command.starts_at, command.every, command.until, place.tzid)
    for number, moment in enumerate(starts):
        free = is_free_for_host(space, place, moment, command.steps)
        status = ReservationStatus.CONFIRMED if free else ReservationStatus.SKIPPED
        add(space, replace(one, starts_at=moment), f"{key[:56]}:{number}", status, series_id)
    db.session.flush()
