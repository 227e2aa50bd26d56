"""The free slots of a space, in real time: a night on which the clocks change has an hour less or more of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from app.places.rules.hours import Locale, Unreadable, intervals
from app.places.rules.intervals import Interval, crossed
from app.places.rules.weekly_hours import read, written
from app.spaces.rules.status import SLOT_MINUTES, SpaceKind

ALL_DAY = (time(0), time(0))
MOST_STEPS = 16  # no reservation of a hall is longer than so many steps


@dataclass(frozen=True)
class SlotRule:
    """How a space is cut: `slot_minutes` a step, `buffer_minutes` kept free after each use, how soon and how far ahead."""

    kind: SpaceKind
    slot_minutes: int
    buffer_minutes: int
    notice_hours: int
    window_days: int

    @property
    def step(self) -> timedelta:
        """From one start to the next: at a desk the buffer lies between two slots, a hall begins at any step."""
        buffer = self.buffer_minutes if self.kind is SpaceKind.DESK else 0
        return timedelta(minutes=self.slot_minutes + buffer)

    @property
    def buffer(self) -> timedelta:
        """What stays free after each use."""
        return timedelta(minutes=self.buffer_minutes)

    def length(self, steps: int) -> timedelta:
        """How long a reservation of so many steps lasts."""
        return timedelta(minutes=self.slot_minutes * steps)

    def allows(self, steps: int) -> bool:
        """A desk gives one slot, a hall some in a row."""
        return 1 <= steps <= (1 if self.kind is SpaceKind.DESK else MOST_STEPS)


def is_cut_possible(kind: SpaceKind, slot_minutes: int) -> bool:
    """Whether spaces of this kind may be cut so.

    >>> is_cut_possible(SpaceKind.HALL, 15), is_cut_possible(SpaceKind.DESK, 15)
    (False, True)
    """
    return slot_minutes in SLOT_MINUTES[kind]


def open_times(texts: Sequence[str], start: datetime, end: datetime, locale: Locale) -> tuple[Interval, ...]:
    """When all the hours that are written hold; nothing where one of them cannot be read."""
    try:
        times = [intervals(text, start, end, locale) for text in texts if text]
    except Unreadable:
        return ()
    return reduce(crossed, times) if times else ()


def place_days(text: str) -> str:
    """The days on which a place is not closed for a holiday or a closed period, at any hour of them.

    >>> place_days("Mo-Fr 09:00-12:00; PH off; 2026 Aug 10-2026 Aug 20 off")
    'Mo-Su 00:00-24:00; PH off; 2026 Aug 10-2026 Aug 20 off'
    """
    hours = read(text)
    return written(replace(hours, days=((ALL_DAY,),) * 7)) if hours else ""


def day_slots(
    texts: Sequence[str],
    day: date,
    locale: Locale,
    taken: Sequence[Interval],
    rule: SlotRule,
    steps: int,
    now: datetime,
) -> list[Interval]:
    """The free slots of one local day, cut from its midnight on, so that whoever asks sees the same ones."""
    start, end = bounds(day, locale.tzid)
    return list(free_slots(open_times(texts, start, end, locale), taken, rule, steps, now))


def bounds(day: date, tzid: str, days: int = 1) -> tuple[datetime, datetime]:
    """From the local midnight of a day to that some days later."""
    zone = ZoneInfo(tzid)
    ends = day + timedelta(days=days)
    return datetime.combine(day, time(0), zone).astimezone(UTC), datetime.combine(
        ends, time(0), zone
    ).astimezone(UTC)


def free_slots(
    times: Iterable[Interval], taken: Sequence[Interval], rule: SlotRule, steps: int, now: datetime
) -> Iterator[Interval]:
    """Each start at which so many steps fit. `taken` holds what is reserved, each with its own buffer behind it."""
    first = now + timedelta(hours=rule.notice_hours)
    last = now + timedelta(days=rule.window_days)
    length = rule.length(steps)
    for open_time in times:
        start = open_time.starts_at
        while start + length <= open_time.ends_at:
            if first <= start <= last and not meets(Interval(start, start + length + rule.buffer), taken):
                yield Interval(start, start + length)
            start += rule.step


def meets(wanted: Interval, taken: Iterable[Interval]) -> bool:
    """Whether some of this time is reserved."""
    return any(one.starts_at < wanted.ends_at and wanted.starts_at < one.ends_at for one in taken)


def nearest(slots: Iterable[Interval], wanted: datetime, most: int) -> list[Interval]:
    """The free slots that begin closest to the one that was wanted, in order."""
    return sorted(sorted(slots, key=lambda slot: abs(slot.starts_at - wanted))[:most])
