"""The query of /events read into filters: what cannot be read is left out and explained."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.core.text import clean_line
from app.core.translation import gettext
from app.events.queries.topics import topic_slugs
from app.events.rules.filters import EventFilters, UnreadableFilter, read_age, read_day, read_topic

MAX_QUERY = 200
PARAMETERS = (
    "from", "to", "q", "place", "territory", "topic", "age", "language", "free", "proposed_by",
)  # fmt: skip


def read_filters(args: Mapping[str, str]) -> tuple[EventFilters, dict[str, str]]:
    """Filters, and a sentence for each parameter that could not be read (and is left out)."""
    chosen: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for parameter in PARAMETERS:
        text = clean_line(args.get(parameter, ""))
        if text:
            try:
                name, value = _READERS[parameter](text)
            except UnreadableFilter:
                problems[parameter] = _sentence(parameter)
            else:
                chosen[name] = value
    if "from_on" in chosen and "to_on" in chosen and chosen["to_on"] < chosen["from_on"]:
        del chosen["to_on"]
        problems["to"] = gettext("The last day must not come before the first.")
    return EventFilters(**chosen), problems


def _sentence(parameter: str) -> str:
    sentences = {
        "from": gettext("Write the first day like this: 2026-11-26."),
        "to": gettext("Write the last day like this: 2026-11-26."),
        "topic": gettext("We do not know this topic: choose one of those shown."),
        "age": gettext("Write the age in whole months, for example 7."),
        "language": gettext("Write the language as a short code, for example it or ar."),
        "free": gettext("Write free=1 to see only what is free."),
        "proposed_by": gettext("Write proposed_by=residents to see what residents proposed."),
    }
    return sentences.get(parameter, gettext("The filter %(name)s cannot be read.", name=parameter))


def _flag(name: str, word: str) -> Callable[[str], tuple[str, Any]]:
    def read(text: str) -> tuple[str, Any]:
        if text != word:
            raise UnreadableFilter(filter=name)
        return name, True

    return read


def _word(name: str, pattern: str) -> Callable[[str], tuple[str, Any]]:
    def read(text: str) -> tuple[str, Any]:
        if not re.fullmatch(pattern, text):
            raise UnreadableFilter(filter=name)
        return name, text

    return read


_READERS: dict[str, Callable[[str], tuple[str, Any]]] = {
    "from": lambda text: ("from_on", read_day("from", text)),
    "to": lambda text: ("to_on", read_day("to", text)),
    "q": lambda text: ("q", text[:MAX_QUERY]),
    "place": _word("place", r"[a-z0-9-]{1,80}"),
    "territory": _word("territory", r"[a-z0-9-]{1,40}"),
    "topic": lambda text: ("topic", read_topic(text, topic_slugs())),
    "age": lambda text: ("age", read_age(text)),
    "language": _word("language", r"[a-z]{2,3}"),
    "free": _flag("free", "1"),
    "proposed_by": _flag("proposed_by_residents", "residents"),
}
