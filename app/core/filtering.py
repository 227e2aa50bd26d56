"""What every filtered list shows around its cards."""

from dataclasses import dataclass

from app.core.http import Link


@dataclass(frozen=True)
class FilterChip:
    """A filter as a link that switches it on or off; `count`: how many there would be with it, where it is counted."""

    code: str
    icon: str
    text: str
    selected: bool
    url: str
    count: int | None = None


@dataclass(frozen=True)
class EmptyState:
    """Nothing was found: the sentence, and what to try next."""

    text: str
    suggestions: list[Link]
