"""Questions about calendars of others that places take in."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.database import db
from app.events.models import CalendarSource
from app.events.rules.vocabulary import EventKind


@dataclass(frozen=True)
class SourceView:
    """One calendar; `draft` is what was read and waits to be taken in (packed), None where nothing waits."""

    public_id: str
    place_id: int
    address: str
    kind: EventKind
    draft: bytes | None
    etag: str
    last_modified: str
    is_followed: bool
    gone: tuple[str, ...]
    fault: str
    checked_at: datetime


def sources_of(place_id: int) -> list[SourceView]:
    """Those that a place has taken in, the oldest first."""
    own = (
        CalendarSource.place_id == place_id,
        sa.or_(CalendarSource.is_followed, CalendarSource.draft.is_(None)),
    )
    rows = db.session.scalars(sa.select(CalendarSource).where(*own).order_by(CalendarSource.id))
    return list(map(_view, rows))


def source_by_public_id(public_id: str) -> SourceView | None:
    """One of them."""
    found = db.session.scalar(sa.select(CalendarSource).where(CalendarSource.public_id == public_id))
    return None if found is None else _view(found)


def due_sources(checked_before: datetime) -> list[SourceView]:
    """Those that are followed and were not looked at since."""
    due = (CalendarSource.is_followed, CalendarSource.checked_at < checked_before)
    rows = db.session.scalars(sa.select(CalendarSource).where(*due).order_by(CalendarSource.checked_at))
    return list(map(_view, rows))


def _view(row: CalendarSource) -> SourceView:
    return SourceView(
        row.public_id, row.place_id, row.address, row.kind, row.draft, row.etag, row.last_modified, row.is_followed,
        tuple(row.gone), row.fault, row.checked_at,
    )  # fmt: skip
