"""What a photo shows is said anew, in each language for itself, by those who look after the place."""

import pytest
from flask import Flask

from app.core.actor import Grant, Role
from app.core.local_text import LocalText
from app.places import service
from app.places.commands import AddPhoto
from app.places.queries import photos_of
from tests.app.darkroom.pictures import photo
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import make_place
from tests.app.places.test_photos import WORDS, address, host, key_of, place, press, quick
from tests.client import CheckingClient

__all__ = ["host", "place", "quick"]
pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def photo_id(app: Flask, place: str) -> str:
    """A photo of the place, described in Italian."""
    key = key_of(app, place)
    with app.app_context():
        return service.add_photo(AddPhoto(key, LocalText.of("it", it=WORDS), photo()))


def said(app: Flask, place: str) -> LocalText:
    key = key_of(app, place)
    with app.app_context():
        return photos_of(key)[0].alt


def test_the_form_holds_the_words_and_changes_them(
    app: Flask, host: CheckingClient, place: str, photo_id: str
) -> None:
    form = host.get(f"{address(place, photo_id, 'words')}?lang=it").text
    assert f'value="{WORDS}"' in form
    answer = host.post(
        f"{address(place, photo_id, 'words')}?lang=it", data=_typed(form, "Un fasciatoio e un gancio")
    )
    assert (answer.status_code, answer.location) == (303, address(place))
    assert said(app, place) == LocalText.of("it", it="Un fasciatoio e un gancio")
    assert "Un fasciatoio e un gancio" in host.get("/places/la-lucciola").text


def test_another_language_begins_empty_and_stands_beside_the_first(
    app: Flask, host: CheckingClient, place: str, photo_id: str
) -> None:
    form = host.get(f"{address(place, photo_id, 'words')}?lang=en").text
    assert f'value="{WORDS}"' not in form
    host.post(f"{address(place, photo_id, 'words')}?lang=en", data=_typed(form, "Changing table"))
    assert said(app, place) == LocalText.of("it", it=WORDS, en="Changing table")


@pytest.mark.parametrize("words", ["", "   ", "a" * 1000])
def test_no_words_and_too_many_are_explained_and_kept(
    app: Flask, host: CheckingClient, place: str, photo_id: str, words: str
) -> None:
    form = host.get(f"{address(place, photo_id, 'words')}?lang=it").text
    answer = host.post(f"{address(place, photo_id, 'words')}?lang=it", data=_typed(form, words))
    assert answer.status_code == 422
    assert words.strip() in answer.text
    assert said(app, place) == LocalText.of("it", it=WORDS)


def test_a_photo_that_is_gone_or_anothers_is_not_changed(
    app: Flask, host: CheckingClient, client: CheckingClient, place: str, photo_id: str
) -> None:
    assert host.get(address(place, "0000000000", "words")).location == address(place)
    with app.app_context():
        theirs = make_place("Altrove")
    enter(app, client, Grant(Role.HOST, place_id=key_of(app, theirs)))
    assert client.get(address(place, photo_id, "words")).status_code == 403
    for through in (place, theirs):
        answer = press(client, theirs, address(through, photo_id, "words"), alt="Preso")
        assert answer.status_code == (403 if through == place else 404)
    assert said(app, place) == LocalText.of("it", it=WORDS)


def _typed(form: str, words: str) -> dict[str, str]:
    return hidden_values(form) | {"alt": words}
