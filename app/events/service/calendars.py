"""Keep what was read of a calendar of others until it is taken in; note how each look at it went."""

import zlib
from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.database import db, transaction
from app.core.errors import Conflict, NotFound
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.retention import remove_ended
from app.events.models import CalendarSource
from app.events.rules.vocabulary import EventKind
from app.places.models import Place
from app.places.service.telling import tell_staff

MOST = 5  # calendars of one place
DRAFTS_KEPT = timedelta(days=1)


class TooManyCalendars(Conflict):
    """The place follows MOST already."""


def keep_draft(
    place_id: int, address: str, kind: EventKind, content: bytes, etag: str, last_modified: str
) -> str:
    """What was read waits a day to be taken in; the same address again takes its place. Returns its public id.

    Raises TooManyCalendars.
    """
    now = clock.now()
    with transaction() as session:
        session.execute(sa.select(Place.id).where(Place.id == place_id).with_for_update(key_share=True))
        own = (CalendarSource.place_id == place_id, CalendarSource.address == address)
        source = session.scalar(sa.select(CalendarSource).where(*own))
        if source is None:
            count = sa.select(sa.func.count()).select_from(CalendarSource)
            if (session.scalar(count.where(CalendarSource.place_id == place_id)) or 0) >= MOST:
                raise TooManyCalendars
            source = CalendarSource(
                public_id=public_id(), place_id=place_id, address=address, created_at=now, gone=[]
            )
            session.add(source)
        source.kind, source.draft, source.checked_at, source.fault = kind, zlib.compress(content), now, ""
        source.etag, source.last_modified = etag, last_modified
        return source.public_id


def unpacked(draft: bytes) -> bytes:
    """The calendar as it was read."""
    return zlib.decompress(draft)


def taken_in(source_id: str, gone: Sequence[str]) -> None:
    """The draft is done with; what stands at an address is followed from now on."""
    with transaction():
        source = _locked(source_id)
        source.draft, source.is_followed, source.gone = None, bool(source.address), list(gone)


def looked_at(
    source_id: str, *, gone: Sequence[str] | None, etag: str, last_modified: str, fault: str = ""
) -> None:
    """How a look went; `gone` None: nothing was read. Who looks after the place is told of what has newly gone."""
    with transaction() as session:
        source = _locked(source_id)
        source.checked_at, source.fault = clock.now(), fault[:120]
        if gone is None:
            return
        source.etag, source.last_modified = etag, last_modified
        news = sorted(set(gone) - set(source.gone))
        source.gone = list(gone)
        if news:
            place = session.get_one(Place, source.place_id)
            tell_staff(place, "calendar_gone", source_id, once=f"{source_id}:{','.join(news)}"[:150])


def forget_source(source_id: str) -> None:
    """It is no longer followed; its events stay. Twice is once."""
    with transaction() as session:
        source = session.scalar(sa.select(CalendarSource).where(CalendarSource.public_id == source_id))
        if source is not None:
            session.delete(source)


@daily("events.calendar drafts")
def forget_drafts() -> None:
    """What nobody took in within a day."""
    old = CalendarSource.created_at < clock.now() - DRAFTS_KEPT
    remove_ended(
        CalendarSource.id, CalendarSource.draft.is_not(None), CalendarSource.is_followed.is_(False), old
    )


def _locked(source_id: str) -> CalendarSource:
    own = sa.select(CalendarSource).where(CalendarSource.public_id == source_id).with_for_update()
    source = db.session.scalar(own)
    if source is None:
        raise NotFound
    return source
