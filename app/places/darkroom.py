"""Asks the darkroom: a process of its own, without our database, secrets or memory, that opens strangers' pictures.

Pillow is never loaded here. One photo is developed and one card drawn at a time, and one more may wait: who waits holds
a thread of the web server, and a burst of strangers' addresses must leave some for pages.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from app.core.database import project_root
from app.core.errors import Crowded
from app.places.rules import photos as rules
from app.places.rules.photos import PhotoFormat

logger = logging.getLogger("wendy.photos")
COMMAND = [
    sys.executable,
    "-m",
    "darkroom",
]  # run where it stands, so that nothing of the site is loaded with it
FOLDER = project_root() / "app"
WORK_SECONDS = 30
WAIT_SECONDS = 20  # for the one before
MOST_AT_ONCE = 2  # requests: the one that is worked for, and the next


class Door:
    """One goes in at a time, the next waits, and whoever comes then is told at once that it is Crowded."""

    def __init__(self) -> None:
        self._room = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._work = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold it for the block. Raises Crowded."""
        if not self._room.acquire(blocking=False):
            raise Crowded
        try:
            if not self._work.acquire(timeout=WAIT_SECONDS):
                raise Crowded
            try:
                yield
            finally:
                self._work.release()
        finally:
            self._room.release()


_photo_door, _card_door = Door(), Door()


@dataclass(frozen=True)
class Developed:
    """One file of ours: its format, its size in pixels, its bytes."""

    format: PhotoFormat
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Card:
    """What is drawn on the card of a shared link, see darkroom.jobs.CardJob; `photo` is the digest of a JPEG of ours."""

    title: str
    tag: str = ""
    note: str = ""
    lead: str = ""
    facts: tuple[str, ...] = ()
    photo: str = ""


def develop(data: bytes) -> list[Developed]:
    """The files that pages show of a photo, the largest first. Raises PhotoRefused, or Crowded where others wait too."""
    rules.check_file(data)
    job = {
        "most_pixels": rules.MOST_PIXELS, "least_side": rules.LEAST_SIDE, "widths": rules.WIDTHS,
        "most_height": rules.MOST_HEIGHT, "most_bytes": rules.MOST_FILE_BYTES,
    }  # fmt: skip
    return list(_made(*_asked({"photo": job}, data, _photo_door)))


def drawn(card: Card, photo: bytes) -> bytes:
    """The JPEG of a card; raises Crowded."""
    words = asdict(card)
    del words["photo"]
    (made,) = _made(*_asked({"card": words}, photo, _card_door))
    return made.data


def _asked(job: dict[str, Any], data: bytes, door: Door) -> tuple[dict[str, Any], bytes]:
    try:
        with door.turn():
            done = subprocess.run(  # noqa: S603  # our own words only; what strangers sent goes to its standard input
                COMMAND, input=json.dumps(job).encode() + b"\n" + data, capture_output=True, timeout=WORK_SECONDS,
                cwd=FOLDER, env={}, check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        logger.warning("the darkroom took too long")
        raise rules.PhotoUnreadable from error
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("the darkroom ended with %s: %s", done.returncode, last.partition(":")[0][:80])
        raise rules.PhotoUnreadable
    head, _, files = done.stdout.partition(b"\n")
    return json.loads(head), files


def _made(told: dict[str, Any], files: bytes) -> Iterator[Developed]:
    if "refused" in told:
        raise _refusal(**told)
    start = 0
    for one in told["made"]:
        end = start + one["bytes"]
        yield Developed(PhotoFormat(one["format"]), one["width"], one["height"], files[start:end])
        start = end


def _refusal(refused: str, width: int, height: int) -> rules.PhotoRefused:
    if refused == "pixels":
        return rules.PhotoHasTooManyPixels(width=width, height=height)
    if refused == "narrow":
        return rules.PhotoTooNarrow(width=width, height=height)
    return rules.PhotoUnreadable()
