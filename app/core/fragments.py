"""Pieces of pages that say one value: made once for each language and kept while they are asked for.

A macro that reads nothing but its argument always writes the same for the same value, so nothing here ever goes stale.
"""

import threading
from collections.abc import Callable, Hashable

from flask import Flask, current_app
from markupsafe import Markup

from app.core.i18n import chosen_language

EXTENSION = "fragments"
SLOT = Markup("<!-- -->")
MAX_FRAGMENTS = 4_000  # of a kilobyte or two


class Fragments:
    """The pieces made last, by macro, language and value. Reading needs no lock: a dict is read in one step."""

    def __init__(self, most: int = MAX_FRAGMENTS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._pieces: dict[Hashable, Markup] = {}

    def get(self, key: Hashable, make: Callable[[], Markup]) -> Markup:
        """The piece of a key; `make` writes it where it is not known."""
        piece = self._pieces.get(key)
        if piece is None:
            piece = make()
            with self._lock:
                self._pieces[key] = piece
                while len(self._pieces) > self._most:
                    del self._pieces[next(iter(self._pieces))]
        return piece


def kept(macro: Callable[[Hashable], Markup], value: Hashable, filling: str | None = None) -> Markup:
    """What the macro writes of a value (all that it reads), with `filling` where it wrote `slot`.

    For templates: `{{ kept(place_card, card, distance) }}`; the distance is another for each reader, the card is not.
    """
    fragments: Fragments = current_app.extensions[EXTENSION]
    piece = fragments.get((macro, chosen_language(), value), lambda: macro(value))
    return piece.replace(SLOT, filling or "", 1)


def init_app(app: Flask) -> None:
    """Give the application its memory of pieces, and templates the way to it."""
    app.extensions[EXTENSION] = Fragments()
    app.jinja_env.globals.update(kept=kept, slot=SLOT)
