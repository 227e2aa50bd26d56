"""The names of topics in the reader's language; operators write them (views/vocabulary.py)."""

from flask_babel import LazyString

from app.core.i18n import chosen_language, local
from app.core.translation import lazy_gettext as _l
from app.events.queries.topics import TopicView, topic_by_slug

# Of those that every network begins with: a language that is added later brings its words for them in its catalogue.
FIRST_NAMES: dict[str, LazyString] = {
    "Stories and books": _l("Stories and books"),
    "Feeding": _l("Feeding"),
    "Being a parent": _l("Being a parent"),
    "Eating well": _l("Eating well"),
    "Languages": _l("Languages"),
    "Sewing": _l("Sewing"),
    "Homework": _l("Homework"),
    "Shared shopping": _l("Shared shopping"),
    "The neighbourhood": _l("The neighbourhood"),
    "Play": _l("Play"),
}


def topic_name(topic: TopicView) -> str:
    """What it is about: "Stories and books"."""
    texts = topic.names.texts
    first = FIRST_NAMES.get(texts.get("en", ""))
    if first is not None and chosen_language() not in texts:
        return str(first)
    text = local(topic.names)
    return text.value if text else topic.slug


def topic_text(slug: str) -> str:
    """The same by slug, whatever it was merged into."""
    topic = topic_by_slug(slug)
    return topic_name(topic) if topic else slug
