"""What can be asked of the darkroom and what it answers: plain values, as they travel in JSON."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PhotoJob:
    """Make a photo ready for pages: refuse what is over `most_pixels` or under `least_side` pixels on a side.

    One size for each of `widths` (pixels, the largest first), none higher than `most_height`, no file over `most_bytes`.
    """

    most_pixels: int
    least_side: int
    widths: tuple[int, ...]
    most_height: int
    most_bytes: int


@dataclass(frozen=True)
class CardJob:
    """Draw the card of a shared link: what cannot be written in our letters is left out.

    `tag` stands on top (what kind of place), `note` beside it (made up), `facts` one to a line, as many as have room.
    """

    title: str
    tag: str = ""
    note: str = ""
    lead: str = ""
    facts: tuple[str, ...] = field(default=())
    most_bytes: int = 100_000


@dataclass(frozen=True)
class Made:
    """One picture file: `format` is avif, webp or jpeg; sizes in pixels."""

    format: str
    width: int
    height: int
    data: bytes


class Refused(Exception):  # as the errors of the site: named by what happened
    """The picture cannot be taken: `reason` is unreadable, pixels or narrow; its size in pixels where it is known."""

    def __init__(self, reason: str, width: int = 0, height: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.width, self.height = reason, width, height


def photo_job(asked: dict[str, Any]) -> PhotoJob:
    """Read back from JSON."""
    return PhotoJob(**{**asked, "widths": tuple(asked["widths"])})


def card_job(asked: dict[str, Any]) -> CardJob:
    """Read back from JSON."""
    return CardJob(**{**asked, "facts": tuple(asked["facts"])})
