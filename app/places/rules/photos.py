"""Which photos are taken and what becomes of them: figures and refusals, each with its name."""

from enum import StrEnum

from app.core.errors import Conflict, Invalid

MOST_BYTES = 10 * 1024 * 1024  # of the file as it comes from the phone
MOST_BODY_BYTES = (
    24 * 1024 * 1024
)  # so that a photo that is too heavy can be told so, and nothing typed is lost
MOST_PIXELS = 40_000_000
LEAST_SIDE = 240
MOST_PHOTOS = 8  # a place
MAX_ALT = 200
WIDTHS = (840, 420)  # of the files on a page: a phone's whole screen, and a small picture
MOST_HEIGHT = 1_120
MOST_FILE_BYTES = 40_000
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


class PhotoFormat(StrEnum):
    """What our own files are: a modern format, and the one that everything shows."""

    AVIF = "avif"
    WEBP = "webp"
    JPEG = "jpeg"


class PhotoRefused(Invalid):
    """This file cannot be shown as a photo."""


class PhotoEmpty(PhotoRefused):
    """The file has no content at all."""


class PhotoTooHeavy(PhotoRefused):
    """More than MOST_BYTES."""


class PhotoOfAnotherKind(PhotoRefused):
    """Neither JPEG nor PNG nor WebP, whatever the file is called."""


class PhotoIsHeic(PhotoOfAnotherKind):
    """What an iPhone keeps for itself; few others can open it."""


class PhotoHasTooManyPixels(PhotoRefused):
    """More than MOST_PIXELS; details: width, height."""


class PhotoTooNarrow(PhotoRefused):
    """A side under LEAST_SIDE pixels; details: width, height."""


class PhotoUnreadable(PhotoRefused):
    """It begins like a photo and cannot be read to its end: damaged, cut, or made to do harm."""


class TooManyPhotos(Conflict):
    """The place has MOST_PHOTOS already."""


def check_file(data: bytes) -> None:
    """What can be known of a file before anybody opens it; raises PhotoRefused."""
    if not data:
        raise PhotoEmpty
    if len(data) > MOST_BYTES:
        raise PhotoTooHeavy
    kind = kind_of(data)
    if kind == "heic":
        raise PhotoIsHeic
    if not kind:
        raise PhotoOfAnotherKind


def kind_of(data: bytes) -> str:
    r"""By the first bytes, since names and declared types say anything: jpeg, png, webp, heic, or "" for others.

    >>> (
    ...     kind_of(b"\xff\xd8\xff\xe0"),
    ...     kind_of(b"RIFF\0\0\0\0WEBPVP8 "),
    ...     kind_of(b"\0\0\0\x18ftypheic"),
    ...     kind_of(b"<svg>"),
    ... )
    ('jpeg', 'webp', 'heic', '')
    """
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "heic" if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS else ""


def check_room(there: int) -> None:
    """Whether one more has room beside those that are there; raises TooManyPhotos."""
    if there >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)


def moved(order: list[int], one: int, position: int) -> list[int]:
    """The same keys with `one` at this position, counted from 0; beyond the end is the end.

    >>> moved([7, 8, 9], 9, 0), moved([7, 8, 9], 7, 99)
    ([9, 7, 8], [8, 9, 7])
    """
    others = [key for key in order if key != one]
    others.insert(max(0, position), one)
    return others
