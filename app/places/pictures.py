"""Pictures of places: photos of ours, and drawings under static/, both at addresses that change with their bytes."""

from collections.abc import Sequence

from app.core.http import asset
from app.core.i18n import local
from app.core.local_text import Text
from app.places.page_objects import PhotoOnPage
from app.places.queries import FileView, PhotoView
from app.places.rules.photos import PhotoFormat

ENDINGS = {PhotoFormat.AVIF: "avif", PhotoFormat.WEBP: "webp", PhotoFormat.JPEG: "jpg"}


def picture_url(picture: str) -> str | None:
    """The address of a place's picture, or None where it has none or the file is missing."""
    if not picture:
        return None
    try:
        return asset(picture)
    except FileNotFoundError:
        return None


def photo_url(file: FileView) -> str:
    """Where one file of a photo lives."""
    return f"/photos/{file.digest}.{ENDINGS[file.format]}"


def photos_on_page(photos: Sequence[PhotoView]) -> list[PhotoOnPage]:
    """What <picture> needs of each: the JPEG for everybody, the modern format for who takes it."""
    return [_on_page(photo) for photo in photos]


def _on_page(photo: PhotoView) -> PhotoOnPage:
    jpegs, modern = photo.of(PhotoFormat.JPEG), photo.of(PhotoFormat.AVIF, PhotoFormat.WEBP)
    return PhotoOnPage(
        id=photo.public_id,
        alt=local(photo.alt) or Text("", photo.alt.original),
        url=photo_url(jpegs[0]),
        width=jpegs[0].width,
        height=jpegs[0].height,
        srcset=_srcset(jpegs),
        modern_srcset=_srcset(modern),
        modern_type=f"image/{modern[0].format}" if modern else "",
    )


def _srcset(files: Sequence[FileView]) -> str:
    return ", ".join(f"{photo_url(file)} {file.width}w" for file in files)
