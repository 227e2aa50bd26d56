"""A small memory of answers that stay right until stored data changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar, cast

from flask import Flask, current_app

from app.core.database import in_transaction, version_read

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

EXTENSION, MANY = "answers", "answers of many"
MAX_ENTRIES, MAX_OF_MANY = 512, 4_000


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
        self._keep(version, {key: answer})
        return answer

    def get_many(
        self, version: str, group: Hashable, keys: Sequence[K], compute: Callable[[list[K]], Mapping[K, T]]
    ) -> dict[K, T]:
        """Remembered answers of a group by key; the missing ones are computed together. A key may have none."""
        with self._lock:
            if version != self._version:
                self._entries.clear()
                self._version = version
            entries = self._entries
            found: dict[K, T] = {key: entries[group, key] for key in keys if (group, key) in entries}
            for key in found:
                entries.move_to_end((group, key))
        missing = [key for key in keys if key not in found]
        if missing:
            computed = compute(missing)
            found.update(computed)
            self._keep(version, {(group, key): answer for key, answer in computed.items()})
        return found

    def _keep(self, version: str, answers: Mapping[Any, Any]) -> None:
        with self._lock:
            if version != self._version:
                return
            self._entries.update(answers)
            while len(self._entries) > self._max_entries:
                self._entries.popitem(last=False)


def init_app(app: Flask) -> None:
    """Give the application its memories."""
    app.extensions[EXTENSION] = Answers()
    app.extensions[MANY] = Answers(MAX_OF_MANY)


def until_change(key: Hashable, compute: Callable[[], T]) -> T:
    """Compute once per version of the stored data; put the minute into the key of answers that depend on time.

    Inside a transaction nothing is remembered: a write decides on what is there now, and PostgreSQL's version may lag.
    """
    if in_transaction():
        return compute()
    answers = cast(Answers, current_app.extensions[EXTENSION])
    return answers.get(version_read(), key, compute)


def each_until_change(
    group: Hashable, keys: Sequence[K], compute: Callable[[list[K]], Mapping[K, T]]
) -> dict[K, T]:
    """The same for many small answers: `compute` is asked once, for the keys that are not remembered."""
    if in_transaction():
        return dict(compute(list(keys)))
    answers = cast(Answers, current_app.extensions[MANY])
    return answers.get_many(version_read(), group, keys, compute)
