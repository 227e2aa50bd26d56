"""What a page says of itself outside of itself: in a tab, in a list of results, in a message that shares it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preview:
    """`title` stands without the site's name, `description` is one line, `path` is the page's own address here.

    Others keep these words for days: nothing here depends on the hour («today», «open now»).
    `picture_url` is an address on this site too, None where there is no picture.
    """

    title: str
    description: str
    path: str
    picture_url: str | None = None
