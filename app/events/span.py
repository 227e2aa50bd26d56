"""From when to when the programme is asked for."""

from datetime import datetime

from app.core import clock
from app.core.zone import network_tzid
from app.events.rules.filters import EventFilters, day_begins_at, day_ends_at


def span(filters: EventFilters) -> tuple[datetime, datetime | None]:
    """From now on, or the days asked for, in the network's zone."""
    zone = network_tzid()
    from_at = day_begins_at(filters.from_on, zone) if filters.from_on else clock.now()
    return from_at, day_ends_at(filters.to_on, zone) if filters.to_on else None
