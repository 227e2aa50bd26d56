"""A small memory of answers that stay right until stored data changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from flask import Flask, current_app

from app.core import freshness
from app.core.database import in_transaction

T = TypeVar("T")

EXTENSION = "answers"
MAX_ENTRIES = 512


class Answers:
    """Least-recently-used answers; all are dropped as soon as the data version moves."""

    def __init__(self, max_entries: int = MAX_ENTRIES) -> None:
        self._max_entries = max_entries
        self._lock = threading.Lock()
        self._version = ""
        self._entries: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, version: str, key: Hashable, compute: Callable[[], T]) -> T:
        """The remembered answer for this version of the data, else the computed one."""
        with self._lock:
            if version != self._version:
                self._entries.clear()
                self._version = version
            if key in self._entries:
                self._entries.move_to_end(key)
                return cast(T, self._entries[key])
        answer = compute()
        with self._lock:
            if version == self._version:
                self._entries[key] = answer
                if len(self._entries) > self._max_entries:
                    self._entries.popitem(last=False)
        return answer


def init_app(app: Flask) -> None:
    """Give the application its memory."""
    app.extensions[EXTENSION] = Answers()


def until_change(key: Hashable, compute: Callable[[], T]) -> T:
    """Compute once per version of the stored data; put the minute into the key of answers that depend on time.

    Inside a transaction nothing is remembered: a write decides on what is there now, and PostgreSQL's version may lag.
    """
    if in_transaction():
        return compute()
    answers = cast(Answers, current_app.extensions[EXTENSION])
    return answers.get(freshness.current_version(), key, compute)
