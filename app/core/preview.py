"""What a page says of itself outside of itself: in a tab, in a list of results, in a message that shares it."""

from dataclasses import dataclass

PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630  # what every network shows whole


@dataclass(frozen=True)
class SharedPicture:
    """A JPEG of PICTURE_WIDTH × PICTURE_HEIGHT at `path` here, and what it says in words."""

    path: str
    alt: str


@dataclass(frozen=True)
class Preview:
    """`title` stands without the site's name, `description` is one line, `path` is the page's own address here.

    Others keep these words for days: nothing here depends on the hour («today», «open now»).
    `picture` is drawn for this page alone; pages without one show the card of the whole site.
    """

    title: str
    description: str
    path: str
    picture: SharedPicture | None = None
