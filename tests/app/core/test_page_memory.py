"""Whole pages are kept for strangers only, and only what is a page."""

import pytest
from flask import Response, g, make_response

from app.core import clock, page_memory, state
from app.core.database import transaction
from app.core.http import FORM_MARK
from app.core.page_memory import kept_page
from tests.app.explore.factory import NOON


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


class Counted:
    """A view that counts how often it is made."""

    def __init__(self, status: int = 200, **headers: str) -> None:
        self.made, self._status, self._headers = 0, status, headers

    def __call__(self) -> Response:
        self.made += 1
        return make_response(f"page {self.made}", self._status, self._headers)


def ask(app, view, address="/events?lang=en"):
    with app.test_request_context(address):
        return kept_page("page")(view)()


def named(view):
    view.__name__, view.__wrapped__ = "view", view
    return view


def test_an_address_is_made_once_until_something_changes(app):
    view = named(Counted())
    first, again = ask(app, view), ask(app, view)
    assert (first.get_data(), again.get_data(), view.made) == (b"page 1", b"page 1", 1)
    assert again.headers == first.headers
    with app.app_context(), transaction():
        state.write("anything", "new")
    assert ask(app, view).get_data() == b"page 2"


@pytest.mark.parametrize("other", ["/events?lang=it", "/events?lang=en&page=2", "/events/x?lang=en"])
def test_another_address_or_language_is_another_page(app, other):
    view = named(Counted())
    ask(app, view)
    assert ask(app, view, other).get_data() == b"page 2"


@pytest.mark.parametrize(
    "theirs",
    ["near=45.46,9.19", "where=via+Roma+1", "q=anna", "x=1", "page=2&near=1,1", "page=" + "1" * 1_000],
)
def test_an_address_that_is_one_persons_own_is_not_kept(app, theirs):
    view = named(Counted())
    for expected in (b"page 1", b"page 2"):
        assert ask(app, view, f"/events?{theirs}").get_data() == expected


def test_another_minute_is_another_page(app):
    view = named(Counted())
    ask(app, view)
    with clock.frozen(NOON.replace(minute=1)):
        assert ask(app, view).get_data() == b"page 2"


@pytest.mark.parametrize("view", [Counted(404), Counted(301), Counted(200, **{"Set-Cookie": "a=b"})])
def test_what_is_no_page_for_everybody_is_not_kept(app, view):
    before = view.made
    for number in (1, 2, 3):
        assert ask(app, named(view)).get_data() == f"page {before + number}".encode()


def test_a_page_with_a_form_is_not_kept(app):
    counted = Counted()

    def view() -> Response:
        setattr(g, FORM_MARK, "secret")
        return counted()

    for expected in (b"page 1", b"page 2"):
        assert ask(app, view).get_data() == expected


def test_somebody_who_is_signed_in_gets_a_page_of_their_own(app, monkeypatch):
    view = named(Counted())
    ask(app, view)
    monkeypatch.setattr(page_memory, "current_actor", object)
    assert [ask(app, view).get_data() for _ in range(2)] == [b"page 2", b"page 3"]
