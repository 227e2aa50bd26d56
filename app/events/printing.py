"""Asks the press, a process of its own, for the PDF of a page of ours; one is made at a time, and one more may wait."""

import logging
import subprocess
import sys
from functools import cache
from importlib.util import find_spec

from app.core.database import project_root
from app.core.errors import Crowded
from app.places.darkroom import Door

logger = logging.getLogger("wendy.press")
COMMAND = [
    sys.executable,
    "-m",
    "press",
]  # run where it stands, so that nothing of the site is loaded with it
FOLDER = project_root() / "app"
WORK_SECONDS = 30

_door = Door()


@cache
def can_print() -> bool:
    """Whether the library is there; what it needs of the system (Pango) shows when it is asked."""
    return find_spec("weasyprint") is not None


def pdf_of(document: str) -> bytes | None:
    """The PDF of one HTML document with everything in it; None where it cannot be made here. Raises Crowded."""
    if not can_print():
        return None
    try:
        with _door.turn():
            done = subprocess.run(  # noqa: S603  # our own words only; the document goes to its standard input
                COMMAND, input=document.encode(), capture_output=True, timeout=WORK_SECONDS, cwd=FOLDER,
                env={"HOME": str(FOLDER), "LANG": "C.UTF-8"}, check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        logger.warning("the press took too long")
        raise Crowded from error
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("the press ended with %s: %s", done.returncode, last.partition(":")[0][:80])
        return None
    return done.stdout
