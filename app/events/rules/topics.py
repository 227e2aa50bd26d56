"""How topics are named, and which may become one."""

from collections.abc import Mapping

from app.core.errors import Conflict, Invalid
from app.core.local_text import LocalText
from app.core.text import clean_line

MOST = 60  # those that were merged count too: their addresses stay
MAX_NAME = 60
# Glyphs of the sprite that say nothing else already.
ICONS = (
    "bookshop", "baby_feeding", "heart", "cafe", "globe", "association", "library", "shop", "community_space", "play_area",
    "people", "medical", "house", "stroller", "calendar", "other",
)  # fmt: skip


class TopicNotNamed(Invalid):
    """A topic needs a name in Italian, of at most MAX_NAME characters."""


class TooManyTopics(Conflict):
    """MOST are named already."""


class NotMergeable(Conflict):
    """A topic is not merged into itself, nor into one that was merged away, nor twice."""


def named(names: Mapping[str, str]) -> LocalText:
    """The names by language, Italian being the original. Raises TopicNotNamed.

    >>> named({"it": " Cucito ", "en": "", "ar": ""}).texts
    {'it': 'Cucito'}
    """
    lines = {language: clean_line(text) for language, text in names.items()}
    if not lines.get("it") or any(len(text) > MAX_NAME for text in lines.values()):
        raise TopicNotNamed
    return LocalText.of("it", **lines)


def check_merge(slug: str, into: str, merged: Mapping[str, str | None]) -> None:
    """Raise NotMergeable unless one may become the other; the same merge again is allowed.

    >>> check_merge("sewing", "play", {"sewing": None, "play": None})
    >>> check_merge("sewing", "sewing", {"sewing": None})
    Traceback (most recent call last):
        ...
    app.events.rules.topics.NotMergeable
    """
    if slug == into or merged[into] or merged[slug] not in (None, into):
        raise NotMergeable
