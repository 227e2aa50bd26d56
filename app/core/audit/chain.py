"""How entries hang together: each holds the hash of the one before it, and only a digest of its details."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

BEGINNING = ""


def digest(salt: str, changes: str) -> str:
    """What stays of the details when they are forgotten; the salt keeps short values from being guessed.

    >>> len(digest("00", "{}"))
    64
    """
    return hashlib.sha256(f"{salt}\n{changes}".encode()).hexdigest()


def link(previous: str, at: datetime, *facts: object) -> str:
    """The hash of an entry: of the one before it and of everything that it says. `at` is aware.

    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> link("", noon, "rosa", "changed") == link("", noon, "rosa", "removed")
    False
    """
    said = json.dumps([previous, at.astimezone(UTC).isoformat(), *facts], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def written(changes: Mapping[str, tuple[Any, Any]]) -> str:
    """Field by field, from what to what, as one text.

    >>> written({"capacity": (8, 10)})
    '{"capacity": [8, 10]}'
    """
    return json.dumps(changes, ensure_ascii=False, sort_keys=True)
