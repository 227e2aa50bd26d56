"""What a page says of itself outside of itself: in a tab, in a list of results, in a message that shares it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preview:
    """`title` stands without the site's name; `description` is one line."""

    title: str
    description: str
