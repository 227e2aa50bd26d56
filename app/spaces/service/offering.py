"""Which slots of a day are free: asked for the calendar, and again by whoever reserves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core import clock
from app.places.queries import PlaceView
from app.places.rules.hours import Locale
from app.places.rules.intervals import Interval
from app.spaces.queries import SpaceView, taken
from app.spaces.rules.slots import bounds, day_slots, place_days

WHOLE_YEARS = 366 * 2


def offered(
    space: SpaceView, place: PlaceView, days: Sequence[date], steps: int
) -> dict[date, list[Interval]]:
    """The free slots of some days in a row, for everybody."""
    return _offered(space, place, days, steps, (space.opening_hours, space.community_hours))


def offered_to_host(
    space: SpaceView, place: PlaceView, days: Sequence[date], steps: int
) -> dict[date, list[Interval]]:
    """The same for those who look after the place: at all its hours, without notice, and two years ahead."""
    free = replace(space, notice_hours=0, window_days=WHOLE_YEARS)
    return _offered(free, place, days, steps, (space.opening_hours,))


def _offered(
    space: SpaceView, place: PlaceView, days: Sequence[date], steps: int, hours: tuple[str, ...]
) -> dict[date, list[Interval]]:
    if not days or not space.rule.allows(steps) or not space.opening_hours:
        return {day: [] for day in days}
    texts = (*hours, place_days(place.opening_hours))
    locale = Locale(place.tzid, place.country, place.subdivision, place.location)
    start, end = bounds(days[0], place.tzid)[0], bounds(days[-1], place.tzid, 2)[1]
    held, now = taken(space.id, start, end), clock.now()
    return {day: day_slots(texts, day, locale, held, space.rule, steps, now) for day in days}
