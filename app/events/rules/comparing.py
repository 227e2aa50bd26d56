"""What a new schedule does to the dates that an old one gave: kept, at another hour, gone, new."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.events.rules.schedule import to_local


@dataclass(frozen=True)
class Difference:
    """Starts in UTC. `renamed`: the same local day at another hour is the same date, old start to new start."""

    renamed: dict[datetime, datetime] = field(default_factory=dict)
    gone: tuple[datetime, ...] = ()
    new: tuple[datetime, ...] = ()


def difference(known: Iterable[datetime], wanted: Iterable[datetime], tzid: str) -> Difference:
    """Compare the dates that there are with those that shall be.

    >>> from datetime import UTC
    >>> nine, ten = datetime(2026, 11, 26, 9, tzinfo=UTC), datetime(2026, 11, 26, 10, tzinfo=UTC)
    >>> difference([nine], [ten], "Europe/Rome").renamed == {nine: ten}
    True
    """
    old, new = set(known), set(wanted)
    free = {to_local(start, tzid).date(): start for start in sorted(new - old, reverse=True)}
    renamed: dict[datetime, datetime] = {}
    for start in sorted(old - new):
        match = free.pop(to_local(start, tzid).date(), None)
        if match is not None:
            renamed[start] = match
    gone = tuple(sorted(old - new - renamed.keys()))
    return Difference(renamed, gone, tuple(sorted(new - old - set(renamed.values()))))
