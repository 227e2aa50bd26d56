"""Photos of places: what a page needs to show them, and the bytes of one file."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.database import db
from app.core.local_text import LocalText
from app.places.models import PhotoFile, Place, PlacePhoto
from app.places.rules.photos import PhotoFormat


@dataclass(frozen=True)
class FileView:
    """One size in one format; its bytes live at an address made of the digest."""

    format: PhotoFormat
    width: int
    height: int
    digest: str


@dataclass(frozen=True)
class PhotoView:
    """A photo with its files, the largest first."""

    public_id: str
    alt: LocalText
    files: tuple[FileView, ...]

    def of(self, *formats: PhotoFormat) -> tuple[FileView, ...]:
        """Its files in these formats, the largest first."""
        return tuple(file for file in self.files if file.format in formats)


@dataclass(frozen=True)
class StoredFile:
    """Bytes to send, and of which place they show something."""

    data: bytes
    place_id: str
    is_published: bool


def photos_of(place_id: int) -> list[PhotoView]:
    """The photos of a place in their order. One statement, without the bytes."""
    query = (
        sa.select(PlacePhoto.public_id, PlacePhoto.alt, PhotoFile.format, PhotoFile.width, PhotoFile.height, PhotoFile.digest)
        .join(PhotoFile, PhotoFile.photo_id == PlacePhoto.id)
        .where(PlacePhoto.place_id == place_id)
        .order_by(PlacePhoto.position, PlacePhoto.id, PhotoFile.width.desc(), PhotoFile.id)
    )  # fmt: skip
    found: dict[str, tuple[LocalText, list[FileView]]] = {}
    for public_id, alt, photo_format, width, height, digest in db.session.execute(query):
        file = FileView(photo_format, width, height, digest)
        found.setdefault(public_id, (alt, []))[1].append(file)
    return [PhotoView(public_id, alt, tuple(files)) for public_id, (alt, files) in found.items()]


def photo_file(digest: str, photo_format: PhotoFormat) -> StoredFile | None:
    """The file at this address; where several places show the same photo, a published one speaks for all."""
    query = (
        sa.select(PhotoFile.data, Place.public_id, Place.is_published)
        .join(PlacePhoto, PlacePhoto.id == PhotoFile.photo_id)
        .join(Place, Place.id == PlacePhoto.place_id)
        .where(PhotoFile.digest == digest, PhotoFile.format == photo_format)
        .order_by(Place.is_published.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return StoredFile(*row) if row else None


def first_jpeg(photos: Sequence[PhotoView]) -> FileView | None:
    """The largest JPEG of the first photo, which stands for the place elsewhere."""
    return photos[0].of(PhotoFormat.JPEG)[0] if photos else None
