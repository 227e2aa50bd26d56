"""Does one job: what it made, or why it could not."""

import struct
import sys
from typing import Any
from zlib import error as ZlibError  # noqa: N812  # an error like the others below

from PIL import Image

from .card import draw_card
from .encoding import modern_format, renditions
from .jobs import Made, Refused, card_job, photo_job
from .reading import plain_pixels

# What Pillow raises on broken, cut and lying files: it reads bytes that somebody chose.
UNREADABLE = (
    OSError, SyntaxError, ValueError, LookupError, ArithmeticError, TypeError, AttributeError, EOFError, MemoryError,
    RuntimeError, AssertionError, struct.error, ZlibError,
)  # fmt: skip

Answer = tuple[dict[str, Any], list[bytes]]


def answer(asked: dict[str, Any], data: bytes) -> Answer:
    """What is told in JSON, and the files that follow it."""
    try:
        made = (
            _photo(asked["photo"], data) if "photo" in asked else [draw_card(card_job(asked["card"]), data)]
        )
    except Refused as refusal:
        return {"refused": refusal.reason, "width": refusal.width, "height": refusal.height}, []
    told = [
        {"format": one.format, "width": one.width, "height": one.height, "bytes": len(one.data)}
        for one in made
    ]
    return {"made": told}, [one.data for one in made]


def load_every_format() -> None:
    """Pillow reads its parts from disk when it first needs them; this is before it has seen the picture."""
    Image.init()
    modern_format()


def _photo(asked: dict[str, Any], data: bytes) -> list[Made]:
    job = photo_job(asked)
    try:
        image = plain_pixels(data, job)
    except UNREADABLE as error:
        sys.stderr.write(f"{type(error).__name__}\n")  # its words may quote the file
        raise Refused("unreadable") from error
    return renditions(image, job.widths, job.most_bytes)
