"""The page on which those who look after a place keep its photos."""

from dataclasses import dataclass
from enum import StrEnum

from flask import session, url_for

from app.core.local_text import Text
from app.core.translation import gettext
from app.places.page_objects import PhotoOnPage
from app.places.photo_refusals import full_text
from app.places.pictures import photos_on_page
from app.places.queries import StaffPlace, photos_of
from app.places.rules.photos import MOST_PHOTOS

KEY = "photo done"


class Deed(StrEnum):
    """What can be done with a photo."""

    ADDED = "added"
    MOVED = "moved"
    DESCRIBED = "described"
    REMOVED = "removed"


@dataclass(frozen=True)
class Move:
    """A button that gives a photo another position; `label` is its full name for a screen reader."""

    text: str
    label: str
    position: int


@dataclass(frozen=True)
class KeptPhoto:
    """One photo with what can be done about it."""

    photo: PhotoOnPage
    number_text: str
    moves: list[Move]
    move_url: str
    words_url: str
    words_label: str
    remove_url: str
    remove_label: str


@dataclass(frozen=True)
class PhotosPage:
    """All photos of a place; `full_text` where no other has room, `done_text` right after a change."""

    title: str
    place_name: Text
    place_id: str
    back_url: str
    public_url: str | None
    photos: list[KeptPhoto]
    empty_text: str
    full_text: str | None
    done_text: str | None


def photos_page(place: StaffPlace, done: Deed | None = None) -> PhotosPage:
    """One statement."""
    photos = photos_on_page(photos_of(place.id))
    return PhotosPage(
        title=gettext("Photos"),
        place_name=place.name,
        place_id=place.public_id,
        back_url=url_for("studio.place", place_id=place.public_id),
        public_url=f"/places/{place.slug}" if place.is_published else None,
        photos=[_kept(place, photo, number, len(photos)) for number, photo in enumerate(photos)],
        empty_text=gettext("No photo yet: parents like to see the corner before they set out."),
        full_text=full_text() if len(photos) >= MOST_PHOTOS else None,
        done_text=_done_text(done) if done else None,
    )


def photo_of(place: StaffPlace, photo_id: str) -> PhotoOnPage | None:
    """One photo of the place, or None where it is not there (any more)."""
    return next((photo for photo in photos_on_page(photos_of(place.id)) if photo.id == photo_id), None)


def remember(deed: Deed, place: StaffPlace) -> None:
    """Keep for the next page what has just been done."""
    session[KEY] = [deed, place.public_id]


def take(place: StaffPlace) -> Deed | None:
    """What was kept for this place, once."""
    kept = session.pop(KEY, None)
    return Deed(kept[0]) if kept and kept[1] == place.public_id else None


def _kept(place: StaffPlace, photo: PhotoOnPage, number: int, count: int) -> KeptPhoto:
    what = photo.alt.value
    moves = (
        [Move(gettext("Show it first"), gettext("Show it first: %(what)s", what=what), 0)] if number else []
    )
    if number > 1:
        moves.append(Move(gettext("One up"), gettext("One up: %(what)s", what=what), number - 1))
    return KeptPhoto(
        photo=photo,
        number_text=gettext("Photo %(num)s of %(count)s", num=number + 1, count=count),
        moves=moves,
        move_url=url_for("photos.move", place_id=place.public_id, photo_id=photo.id),
        words_url=url_for("photos.words", place_id=place.public_id, photo_id=photo.id),
        words_label=gettext("Change the words: %(what)s", what=what),
        remove_url=url_for("photos.remove", place_id=place.public_id, photo_id=photo.id),
        remove_label=gettext("Remove: %(what)s", what=what),
    )


def _done_text(deed: Deed) -> str:
    if deed is Deed.ADDED:
        return gettext("The photo is there.")
    if deed is Deed.MOVED:
        return gettext("The photos are in the new order.")
    if deed is Deed.DESCRIBED:
        return gettext("The words are changed.")
    return gettext("The photo is removed: nothing of it is kept.")
