"""Photos of a place: added, put in order, removed with their bytes."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.core.local_text import LocalText
from app.places.commands import AddPhoto
from app.places.darkroom import Developed, develop
from app.places.models import PhotoFile, Place, PlacePhoto
from app.places.rules import photos as rules

DIGEST_LETTERS = 32


def add_photo(command: AddPhoto) -> str:
    """Store it behind the others; returns its public id.

    The same file sent again is the same photo, with the words that came last. Raises PhotoRefused, TooManyPhotos,
    NotFound where the place is gone, Busy.
    """
    digest = hashlib.sha256(command.data).hexdigest()
    known = _known(command.place_id, digest)
    if known is None:
        rules.check_room(_count(command.place_id))  # before the work is done, and again when it is stored
    files = develop(command.data) if known is None else []
    return _store(command, digest, files)


@patiently
def remove_photo(place_id: int, photo_id: str) -> None:
    """Remove it and its bytes; again is the same."""
    with transaction() as session:
        session.execute(
            sa.delete(PlacePhoto).where(PlacePhoto.place_id == place_id, PlacePhoto.public_id == photo_id)
        )


@patiently
def describe_photo(place_id: int, photo_id: str, words: LocalText) -> None:
    """Say anew what it shows, in one language or more; raises NotFound."""
    with transaction() as session:
        wanted = (PlacePhoto.place_id == place_id, PlacePhoto.public_id == photo_id)
        photo = session.scalar(sa.select(PlacePhoto).where(*wanted).with_for_update())
        if photo is None:
            raise NotFound
        photo.alt = _all_words(photo.alt, words)


@patiently
def move_photo(place_id: int, photo_id: str, position: int) -> None:
    """Put it at this position among the photos of its place, 0 is the first; raises NotFound."""
    with transaction() as session:
        _lock(session, place_id)
        query = sa.select(PlacePhoto).where(PlacePhoto.place_id == place_id)
        photos = {
            photo.id: photo for photo in session.scalars(query.order_by(PlacePhoto.position, PlacePhoto.id))
        }
        one = next((key for key, photo in photos.items() if photo.public_id == photo_id), None)
        if one is None:
            raise NotFound
        for number, key in enumerate(rules.moved(list(photos), one, position)):
            photos[key].position = number


def _known(place_id: int, digest: str) -> PlacePhoto | None:
    query = sa.select(PlacePhoto).where(PlacePhoto.place_id == place_id, PlacePhoto.source_digest == digest)
    return db.session.scalar(query)


def _count(place_id: int) -> int:
    query = sa.select(sa.func.count()).select_from(PlacePhoto).where(PlacePhoto.place_id == place_id)
    return db.session.scalar(query) or 0


@patiently
def _store(command: AddPhoto, digest: str, files: list[Developed]) -> str:
    with transaction() as session:
        _lock(session, command.place_id)
        known = _known(command.place_id, digest)
        if known is not None:
            known.alt = _all_words(known.alt, command.alt)
            return known.public_id
        if not files:
            raise NotFound  # it was there a moment ago and has been removed since
        rules.check_room(_count(command.place_id))
        photo = _new_photo(session, command, digest, files)
        return photo.public_id


def _lock(session: scoped_session[Session], place_id: int) -> None:
    """Two who add, move or remove photos of one place do so one after the other."""
    if session.scalar(sa.select(Place.id).where(Place.id == place_id).with_for_update()) is None:
        raise NotFound


def _all_words(old: LocalText, new: LocalText) -> LocalText:
    """Other languages stay as they were; the original is the one written first."""
    return LocalText.of(old.original, **{**old.texts, **new.texts})


def _new_photo(
    session: scoped_session[Session], command: AddPhoto, digest: str, files: list[Developed]
) -> PlacePhoto:
    last = session.scalar(
        sa.select(sa.func.max(PlacePhoto.position)).where(PlacePhoto.place_id == command.place_id)
    )
    photo = PlacePhoto(
        public_id=public_id(), place_id=command.place_id, position=0 if last is None else last + 1, alt=command.alt,
        source_digest=digest, width=files[0].width, height=files[0].height, uploaded_by=command.person_id,
        created_at=clock.now(), files=[_file(one) for one in files],
    )  # fmt: skip
    session.add(photo)
    session.flush()
    return photo


def _file(one: Developed) -> PhotoFile:
    digest = hashlib.sha256(one.data).hexdigest()[:DIGEST_LETTERS]
    return PhotoFile(digest=digest, format=one.format, width=one.width, height=one.height, data=one.data)
