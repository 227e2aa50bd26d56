"""The free slots of a space, in real time: a night on which the clocks change has an hour less or more of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.places.rules.hours import Locale, Unreadable, intervals
from app.places.rules.intervals import Interval, crossed
from app.spaces.rules.status import SLOT_MINUTES, SpaceKind

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


def open_times(
    texts: Sequence[str], closed: Iterable[Interval], start: datetime, end: datetime, locale: Locale
) -> tuple[Interval, ...]:
    """When all the hours that are written hold and nothing is closed; nothing where one of them cannot be read."""
    written = [text for text in texts if text]
    if not written:
        return ()
    try:
        times = [intervals(text, start, end, locale) for text in written]
    except Unreadable:
        return ()
    found = times[0]
    for other in times[1:]:
        found = crossed(found, other)
    return tuple(without(found, closed))


def without(times: Iterable[Interval], closed: Iterable[Interval]) -> Iterator[Interval]:
    """The time outside the closed stretches."""
    left = list(times)
    for gap in closed:
        left = [
            piece
            for one in left
            for piece in (
                Interval(one.starts_at, min(one.ends_at, gap.starts_at)),
                Interval(max(one.starts_at, gap.ends_at), one.ends_at),
            )
            if piece.starts_at < piece.ends_at
        ]
    yield from left


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
