"""Which times of a space are free: asked for the calendar, and again by whoever reserves."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core import clock
from app.places.queries import PlaceView
from app.places.rules.hours import Locale
from app.places.rules.intervals import Interval
from app.spaces.queries import SpaceView, taken
from app.spaces.rules.slots import bounds, day_slots, meets, open_times, place_days


def offered(
    space: SpaceView, place: PlaceView, days: Sequence[date], steps: int
) -> dict[date, list[Interval]]:
    """The free slots of some days in a row, for everybody."""
    if not days or not space.rule.allows(steps) or not space.opening_hours:
        return {day: [] for day in days}
    texts = (space.opening_hours, space.community_hours, place_days(place.opening_hours))
    start, end = bounds(days[0], place.tzid)[0], bounds(days[-1], place.tzid, 2)[1]
    held, now = taken(space.id, start, end), clock.now()
    return {day: day_slots(texts, day, _locale(place), held, space.rule, steps, now) for day in days}


def is_free_for_host(space: SpaceView, place: PlaceView, starts_at: datetime, steps: int) -> bool:
    """Whether those who look after the place can have this time.

    At any minute of its hours: they need not keep to the slots, to the notice or to the hours for everybody.
    """
    wanted = Interval(starts_at, starts_at + space.rule.length(steps))
    start, end = bounds(starts_at.astimezone(ZoneInfo(place.tzid)).date(), place.tzid, 2)
    texts = (space.opening_hours, place_days(place.opening_hours))
    is_open = any(
        one.starts_at <= wanted.starts_at and wanted.ends_at <= one.ends_at
        for one in open_times(texts, start, end, _locale(place))
    )
    used = Interval(wanted.starts_at, wanted.ends_at + space.rule.buffer)
    return is_open and starts_at > clock.now() and not meets(used, taken(space.id, start, end))


def _locale(place: PlaceView) -> Locale:
    """What its hours are read with."""
    return Locale(place.tzid, place.country, place.subdivision, place.location)
