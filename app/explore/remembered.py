"""A memory that outlives bookings and mails: answers about places stay right until a place changes.

`core.cache.until_change` forgets at every commit; here the places' own stamp decides, which explore.subscribers moves
when a place is saved or removed. Keys carry the minute, so that a write that told nobody is noticed within one.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import Flask, current_app

from app.core import state
from app.core.cache import Answers, until_change

T = TypeVar("T")

STAMP = "places_stamp"
SMALL, LARGE = "places answers", "map answers"
# Counts and ids are small; the bytes of a map box are up to 150 kB.
SIZES = {SMALL: 512, LARGE: 64}


def init_app(app: Flask) -> None:
    """Give the application its memories."""
    for name, size in SIZES.items():
        app.extensions[name] = Answers(size)


def until_places_change(key: Hashable, compute: Callable[[], T], *, memory: str = SMALL) -> T:
    """The remembered answer, else the computed one; put the minute into the key."""
    answers = cast(Answers, current_app.extensions[memory])
    return answers.get(_stamp(), key, compute)


def _stamp() -> str:
    return until_change(STAMP, lambda: state.read(STAMP) or "none")
