"""Stretches of time: joining, cutting and crossing them. All moments are aware UTC; ends are not included."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_ROW = timedelta(hours=24)


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """From `starts_at` until just before `ends_at`."""

    starts_at: datetime
    ends_at: datetime

    def contains(self, moment: datetime) -> bool:
        """Whether the moment lies inside."""
        return self.starts_at <= moment < self.ends_at

    @property
    def length(self) -> timedelta:
        """How long it lasts in real time."""
        return self.ends_at - self.starts_at


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """In order, with those that touch or overlap made one."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if joined and interval.starts_at <= joined[-1].ends_at:
            joined[-1] = Interval(joined[-1].starts_at, max(joined[-1].ends_at, interval.ends_at))
        else:
            joined.append(interval)
    return tuple(joined)


def cut(intervals: Iterable[Interval], longest: timedelta = LONGEST_ROW) -> Iterator[Interval]:
    """The same time in pieces, none longer than `longest`."""
    for interval in intervals:
        start = interval.starts_at
        while interval.ends_at - start > longest:
            yield Interval(start, start + longest)
            start += longest
        yield Interval(start, interval.ends_at)


def crossed(some: Iterable[Interval], others: Iterable[Interval]) -> tuple[Interval, ...]:
    """The time that lies in both."""
    theirs = merged(others)
    common = (
        Interval(max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at))
        for one in merged(some)
        for other in theirs
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at
    )
    return merged(common)
