"""Pages of lists: a bounded number, read from ?page=."""

from dataclasses import dataclass

from flask import request

from app.core.errors import MalformedParameter
from app.core.translation import gettext

PAGE_SIZE = 20
MAX_PAGE = 500


@dataclass(frozen=True)
class Pagination:
    """Links to the neighbours of a page, and where one is ("Page 2 of 5")."""

    previous_url: str | None
    next_url: str | None
    text: str


def page_text(number: int, last: int | None) -> str:
    """«Page 2 of 5», or «Page 2» where nobody counted to the end."""
    if last is None:
        return gettext("Page %(number)s", number=number)
    return gettext("Page %(number)s of %(last)s", number=number, last=last)


def page_or_first(problems: dict[str, str]) -> int:
    """The same for a page that shows its list all the same: the sentence goes to the other problems of the address."""
    try:
        return requested_page()
    except MalformedParameter as error:
        problems[error.parameter] = error.message
        return 1


def requested_page() -> int:
    """The number in ?page=, from 1; anything else is explained."""
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= MAX_PAGE):
        raise MalformedParameter(
            "page", gettext("The page must be a number between 1 and %(most)s.", most=MAX_PAGE)
        )
    return int(text)
