"""Memories that outlive other people's writes: answers stay right until what they show changes.

`core.cache.until_change` forgets at every commit, also of a mail or a session. Here stamps decide, which
explore.subscribers moves: one for places, one for their programme (events, dates, seats). Keys carry the minute, so
that a write that told nobody is noticed within one.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import Flask, current_app

from app.core import state
from app.core.cache import Answers, until_change
from app.core.page_memory import KeptPage

T = TypeVar("T")

PLACES_STAMP, PROGRAMME_STAMP = "places_stamp", "programme_stamp"
SMALL, LARGE, PAGES, COLUMNS = "places answers", "map answers", "page answers", "place columns"
# Counts and ids are small; the bytes of a map box are up to 150 kB, a page 40 kB.
SIZES = {SMALL: 512, LARGE: 64, PAGES: 256, COLUMNS: 4}


def init_app(app: Flask) -> None:
    """Give the application its memories."""
    for name, size in SIZES.items():
        app.extensions[name] = Answers(size)


def until_places_change(key: Hashable, compute: Callable[[], T], *, memory: str = SMALL) -> T:
    """The remembered answer about places, else the computed one; put the minute into the key."""
    return _memory(memory).get(_stamps()[0], key, compute)


def until_list_changes(key: Hashable, make: Callable[[], KeptPage | None]) -> KeptPage | None:
    """The same for pages that show places with their next dates and free seats."""
    return _memory(PAGES).get(" ".join(_stamps()), key, make)


def _memory(name: str) -> Answers:
    return cast(Answers, current_app.extensions[name])


def _stamps() -> tuple[str, str]:
    known = until_change("stamps", lambda: state.read_many(PLACES_STAMP, PROGRAMME_STAMP))
    return known.get(PLACES_STAMP, "none"), known.get(PROGRAMME_STAMP, "none")
