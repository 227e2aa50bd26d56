"""What upper features add to the pages of lower ones; they register at start, because these may not import them.

Sections in use: "events" (place_id, language) -> list of EventCard; "feed" (place_id, language) -> FeedLinks;
"spaces" (place_id, language) -> Link or None;
"next_events" (place_ids, language) -> {place_id: Link}, one call for all cards of a list;
"network_feed" (language) -> FeedLinks, for the programme.
"""

from collections.abc import Callable, Sequence
from typing import Any

from app.core.http import Link

PlaceSection = Callable[[int, str], Any]
ListSection = Callable[[Sequence[int], str], dict[int, Link]]
NetworkSection = Callable[[str], Any]


class PlaceSections:
    """A registry by name; a section that nobody registered is empty."""

    def __init__(self) -> None:
        self._sections: dict[str, Callable[..., Any]] = {}

    def register(self, name: str, section: PlaceSection | ListSection | NetworkSection) -> None:
        """Give a section its maker; the last one wins."""
        self._sections[name] = section

    def of_place(self, name: str, place_id: int, language: str) -> Any:
        """What belongs on a place's page, or None."""
        section = self._sections.get(name)
        return section(place_id, language) if section else None

    def of_network(self, name: str, language: str) -> Any:
        """What belongs on a page about the whole network, or None."""
        section = self._sections.get(name)
        return section(language) if section else None

    def next_events(self, place_ids: Sequence[int], language: str) -> dict[int, Link]:
        """The next event of each place that has one."""
        section = self._sections.get("next_events")
        return section(place_ids, language) if section and place_ids else {}


place_sections = PlaceSections()
