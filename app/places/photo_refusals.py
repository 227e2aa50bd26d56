"""Why a photo was not taken, and what to do: a sentence for each refusal."""

from app.core.errors import ApplicationError, Busy, Crowded
from app.core.phrasing import number_text
from app.core.translation import gettext, ngettext
from app.core.translation import lazy_gettext as _l
from app.places.rules import photos as rules

_BUSY = _l("Another photo is being prepared just now. Wait a moment and send yours again.")
_REFUSALS = {
    rules.PhotoEmpty: _l("This file is empty: choose the photo again."),
    rules.PhotoTooHeavy: _l(
        "This photo is heavier than 10 MB. Send it to yourself in a smaller size, or take a screenshot of it, and choose that."
    ),
    rules.PhotoOfAnotherKind: _l(
        "This is not a photo that we can show: choose a JPEG, PNG or WebP file. The end of its name is not enough: "
        "the file itself must be one."
    ),
    rules.PhotoIsHeic: _l(
        "This photo is in the HEIC format of the iPhone, which many cannot open. Take a screenshot of it and choose that, "
        "or set the camera to «Most compatible» and take it again."
    ),
    rules.PhotoUnreadable: _l(
        "This photo cannot be read to its end: it may be damaged. Open it on your device, save it again, and choose the new file."
    ),
    Busy: _BUSY,
    Crowded: _BUSY,
}


def refusal(error: ApplicationError) -> str:
    """What the form says above what was typed."""
    if isinstance(error, rules.PhotoHasTooManyPixels):
        return _too_many_pixels(**error.details)
    if isinstance(error, rules.PhotoTooNarrow):
        return _too_narrow(**error.details)
    if isinstance(error, rules.TooManyPhotos):
        return full_text()
    fallback = _l("This cannot be done: check what you wrote and try again.")
    return str(_REFUSALS.get(type(error), fallback))


def full_text() -> str:
    """That no other photo has room."""
    return ngettext(
        "There is %(num)s photo already, and no more have room: remove one first.",
        "There are %(num)s photos already, and no more have room: remove one first.",
        rules.MOST_PHOTOS,
    )


def _too_many_pixels(width: int, height: int) -> str:
    millions = -(-width * height // 1_000_000)
    return gettext(
        "This picture has %(num)s megapixels, and we take up to %(most)s. "
        "Take a screenshot of it and choose that, or set the camera to a smaller size.",
        num=number_text(millions), most=number_text(rules.MOST_PIXELS // 1_000_000),
    )  # fmt: skip


def _too_narrow(width: int, height: int) -> str:
    return gettext(
        "This picture is only %(width)s × %(height)s pixels: too small to see anything. "
        "Choose one with at least %(least)s pixels on each side.",
        width=number_text(width), height=number_text(height), least=number_text(rules.LEAST_SIDE),
    )  # fmt: skip
