"""Rooms and desks of the demo network, made once: what hosts and visitors do with them afterwards stays."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import clock
from app.demo import queries
from app.demo.network.lending import DemoSpace, spaces
from app.demo.records import SOURCE, TZID
from app.spaces import service
from app.spaces.commands import ReserveSeries, SaveSpace
from app.spaces.queries import spaces_of
from app.spaces.rules.series import Every
from app.spaces.rules.status import SpaceKind

THURSDAY = 3
HOUR = time(17)


def lend() -> int:
    """Give each demo place what it lends, unless it lends something already; returns how many were made."""
    places = queries.place_keys(SOURCE)
    bare = {name: key for name, (key, _) in places.items() if not spaces_of(key, only_published=False)}
    made = [space for space in spaces() if space.place in bare]
    for space in made:
        _make(bare[space.place], space)
    return len(made)


def _make(place_id: int, space: DemoSpace) -> None:
    service.save_space(place_id, SaveSpace(
        kind=SpaceKind(space.kind), name=space.name, description=space.description, seats=space.seats,
        slot_minutes=space.minutes, opening_hours=space.hours, buffer_minutes=space.buffer,
        needs_approval=space.needs_approval,
    ))  # fmt: skip
    known = next(
        one for one in spaces_of(place_id, only_published=True) if one.name.texts == space.name.texts
    )
    for number in space.clash:
        day = _thursday(number)
        starts_at = datetime.combine(day, HOUR, ZoneInfo(TZID))
        service.reserve_series(known.id, ReserveSeries(
            starts_at, 1, Every.WEEK, day, "Assemblea di scala", f"demo:{number}", "it",
        ))  # fmt: skip


def _thursday(number: int) -> date:
    """The first, second … Thursday after today."""
    today = clock.today(TZID)
    ahead = (THURSDAY - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead + 7 * (number - 1))
