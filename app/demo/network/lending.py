"""What demo places lend, read from spaces.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.core.local_text import LocalText
from app.demo.network.files import DemoDataError, read, text


@dataclass(frozen=True)
class DemoSpace:
    """One made-up room or desk; `clash` are the coming Thursdays, counted from 1, on which somebody has it."""

    place: str
    kind: str
    name: LocalText
    description: LocalText | None
    seats: int
    minutes: int
    hours: str
    buffer: int
    needs_approval: bool
    clash: tuple[int, ...]


@lru_cache
def spaces() -> tuple[DemoSpace, ...]:
    """All demo spaces."""
    return tuple(_space(table) for table in read("spaces")["space"])


def _space(table: Mapping[str, Any]) -> DemoSpace:
    name = text(table["name"])
    if name is None:
        raise DemoDataError(f"a space of {table['place']} has no name")
    return DemoSpace(
        place=table["place"], kind=table["kind"], name=name, description=text(table), seats=table["seats"],
        minutes=table["minutes"], hours=table["hours"], buffer=table.get("buffer", 0),
        needs_approval=table.get("needs_approval", False), clash=tuple(table.get("clash", ())),
    )  # fmt: skip
