"""Stored opening times: 14 days ahead, made when a place is saved and every day (decisions.md, Stored map bytes)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.jobs import daily
from app.places.models import Island, Place, PlaceOpening
from app.places.rules.hours import Locale, Unreadable, corner_intervals
from app.places.rules.intervals import Interval, cut
from geo.point import Point

DAYS_AHEAD = 14
BATCH = 60
_SUN = re.compile(r"sunrise|sunset|dawn|dusk")


@dataclass(frozen=True)
class Hours:
    """What decides when a place is open: the host's and the corner's hours and where they hold."""

    host: str
    corner: str
    tzid: str
    country: str
    subdivision: str
    point: Point | None

    @classmethod
    def of(cls, host: str, corner: str, tzid: str, country: str, subdivision: str, point: Point) -> "Hours":
        """Equal for all places with the same hours in the same zone, unless the sun decides."""
        needs_sun = bool(_SUN.search(host) or _SUN.search(corner))
        return cls(host, corner, tzid, country, subdivision, point if needs_sun else None)


def opening_rows(hours: Hours, now: datetime) -> list[Interval]:
    """From the local midnight before now for 14 days, no piece longer than 24 hours; none for unreadable hours."""
    zone = ZoneInfo(hours.tzid)
    today = now.astimezone(zone).date()
    midnight = datetime.combine(today, time(0), zone).astimezone(UTC)
    end = datetime.combine(today + timedelta(days=DAYS_AHEAD), time(0), zone).astimezone(UTC)
    locale = Locale(hours.tzid, hours.country, hours.subdivision, hours.point)
    try:
        open_times = corner_intervals(hours.host, hours.corner, midnight - timedelta(days=1), end, locale)
    except Unreadable:
        return []
    return [piece for piece in cut(open_times) if piece.ends_at > midnight]


def replace_rows(rows: Mapping[int, Sequence[Interval]]) -> None:
    """Store the opening times of these places in place of what was there; call it inside a transaction."""
    if not rows:
        return
    db.session.execute(
        sa.delete(PlaceOpening)
        .where(PlaceOpening.place_id.in_(rows))
        .execution_options(synchronize_session=False)
    )
    values = [
        {"place_id": place_id, "opens_at": interval.starts_at, "closes_at": interval.ends_at}
        for place_id, intervals in rows.items()
        for interval in intervals
    ]
    if values:
        db.session.execute(sa.insert(PlaceOpening), values)


@daily("places.openings")
def refresh_openings() -> None:
    """Move the window of all places forward, a batch at a time; what the hours say is worked out between writes."""
    now, last_id = clock.now(), 0
    known: dict[Hours, list[Interval]] = {}
    while batch := _hours_after(last_id):
        for hours in set(batch.values()) - known.keys():
            known[hours] = opening_rows(hours, now)
        _store_where_still_so(batch, known)
        last_id = max(batch)


@patiently
def _store_where_still_so(batch: Mapping[int, Hours], known: Mapping[Hours, Sequence[Interval]]) -> None:
    """The rows of those places whose hours are still the ones read: who saved another since has stored newer rows."""
    with transaction():
        _hold(batch)
        now_stored = _hours_where(Place.id.in_(batch))
        replace_rows({key: known[hours] for key, hours in batch.items() if now_stored.get(key) == hours})


def _hold(place_ids: Iterable[int]) -> None:
    """Let nobody save or remove these places until the commit; what is read afterwards is what stays."""
    held = sa.select(Place.id).where(Place.id.in_(place_ids)).order_by(Place.id)
    db.session.execute(held.with_for_update(read=True))


def _hours_after(last_id: int) -> dict[int, Hours]:
    """Of the next places that have any hours."""
    has_hours = sa.or_(Place.opening_hours != "", Island.opening_hours != "")
    return _hours_where(Place.id > last_id, has_hours, limit=BATCH)


def _hours_where(*conditions: sa.ColumnElement[bool], limit: int | None = None) -> dict[int, Hours]:
    rows = db.session.execute(
        sa.select(
            Place.id, Place.opening_hours, Island.opening_hours, Place.tzid, Place.country, Place.subdivision,
            Place.location,
        )
        .outerjoin(Island, Island.place_id == Place.id)
        .where(*conditions)
        .order_by(Place.id)
        .limit(limit)
    )  # fmt: skip
    return {row[0]: Hours.of(row[1], row[2] or "", row[3], row[4], row[5], row[6]) for row in rows}
