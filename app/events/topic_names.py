"""The names of topics in the reader's language; operators write them (views/vocabulary.py)."""

from app.core.i18n import local
from app.events.queries.topics import TopicView, topic_by_slug


def topic_name(topic: TopicView) -> str:
    """What it is about: "Stories and books"."""
    text = local(topic.names)
    return text.value if text else topic.slug


def topic_text(slug: str) -> str:
    """The same by slug, whatever it was merged into."""
    topic = topic_by_slug(slug)
    return topic_name(topic) if topic else slug
