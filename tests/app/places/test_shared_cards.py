"""The card of a shared link: a real picture of the right size, with the words that have letters."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image, ImageChops, ImageStat

from app.core import clock
from app.core.local_text import LocalText
from app.darkroom.card import draw_card
from app.darkroom.jobs import CardJob
from app.darkroom.lettering import cut, fitted, font, is_writable
from app.places import darkroom, service
from app.places.commands import AddPhoto, AmenityFact
from app.places.darkroom import Card
from app.places.pages import place_page
from app.places.queries import place_by_slug
from app.places.rules.vocabulary import Amenity, AmenityState
from app.places.shared_cards import card_bytes, card_of_place
from tests.app.darkroom.pictures import bytes_of, noise, photo
from tests.app.places.places import pharmacy

SLUG = "farmacia-del-prato"
CARD = f"/places/{SLUG}/card.jpg"


@pytest.fixture
def place(app: Flask) -> int:
    """The key of a published pharmacy."""
    facts = tuple(AmenityFact(one, AmenityState.YES) for one in (Amenity.NO_PURCHASE, Amenity.CHANGING_TABLE))
    with app.app_context():
        service.save_places([pharmacy(amenities=facts)])
        found = place_by_slug(SLUG)
        assert found is not None
        return found.id


def add_photo(app: Flask, place: int, data: bytes) -> str:
    with app.app_context():
        return service.add_photo(AddPhoto(place, LocalText.of("it", it="Il fasciatoio"), data))


def address(app: Flask, language: str = "it") -> str:
    with app.test_request_context(f"/?lang={language}"):
        page = place_page(SLUG, clock.now())
        assert page is not None
        assert page.preview.picture is not None
        return page.preview.picture.path


@pytest.mark.parametrize(
    "path", [CARD, f"{CARD}?lang=en", f"{CARD}?lang=ar", "/card.jpg", "/card.jpg?lang=ar"]
)
@pytest.mark.usefixtures("place")
def test_a_card_is_a_jpeg_that_every_network_shows(client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert len(answer.data) <= 100_000
    image = Image.open(BytesIO(answer.data))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Set-Cookie" not in answer.headers


def test_the_page_names_an_address_that_changes_with_what_is_drawn(app: Flask, client, place: int) -> None:
    before = address(app)
    assert client.get(before).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    photo_id = add_photo(app, place, photo())
    with_photo = address(app)
    assert with_photo != before
    assert client.get(with_photo).data != client.get("/card.jpg").data
    assert client.get(before).headers["Cache-Control"] == "public, max-age=3600"
    with app.app_context():
        service.remove_photo(place, photo_id)
    assert address(app) == before


def test_a_noisy_photo_makes_no_heavy_card(app: Flask, client, place: int) -> None:
    plain = client.get(CARD).data
    add_photo(app, place, bytes_of(noise(1600, 1200), quality=60))
    drawn = client.get(address(app)).data
    assert len(drawn) <= 100_000
    words, beside = (0, 0, 690, 630), (830, 0, 1200, 630)
    assert difference(plain, drawn, words) < 6 < 30 < difference(plain, drawn, beside)


def difference(one: bytes, other: bytes, box: tuple[int, int, int, int]) -> float:
    """How much two pictures differ within a box, 0 to 255 on average."""
    left, right = (Image.open(BytesIO(data)).convert("L").crop(box) for data in (one, other))
    return ImageStat.Stat(ImageChops.difference(left, right)).mean[0]


def test_the_card_says_what_parents_ask_first(app: Flask, place: int) -> None:
    with app.test_request_context("/?lang=it"):
        found = place_by_slug(SLUG)
        assert found is not None
        card = card_of_place(found, [], "Via del Prato 3")
    assert (card.title, card.tag, card.lead, card.note) == (
        "Farmacia del Prato",
        "Farmacia",
        "Via del Prato 3",
        "",
    )
    assert card.facts == ("Fasciatoio", "Gratis, senza obbligo di acquisto")


def test_a_card_is_drawn_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    card_bytes.cache_clear()
    asked: list[Card] = []

    def draw(card: Card, _photo: bytes) -> bytes:
        asked.append(card)
        return b"jpeg"

    monkeypatch.setattr("app.places.shared_cards.drawn", draw)
    with app.app_context():
        assert {card_bytes(Card("Uno")), card_bytes(Card("Uno"))} == {b"jpeg"}
    card_bytes.cache_clear()
    assert len(asked) == 1


def test_a_burst_of_cards_is_sent_away_and_writes_no_log(
    client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    card_bytes.cache_clear()
    monkeypatch.setattr(darkroom, "WAIT_SECONDS", 0.01)
    client.may_break = True
    with darkroom._card_door.turn():
        answer = client.get("/card.jpg")
    assert (answer.status_code, answer.headers["Retry-After"], caplog.text) == (503, "5", "")
    assert client.get("/card.jpg").status_code == 200


@pytest.mark.parametrize("path", ["/places/nobody/card.jpg", "/places/%00/card.jpg"])
def test_no_place_has_no_card(client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_language_that_is_not_spoken_here_is_refused(client) -> None:
    assert client.get("/card.jpg?lang=xx").status_code == 400


@pytest.mark.usefixtures("place")
def test_an_old_address_leads_to_the_card_of_the_new_one(app: Flask, client) -> None:
    with app.app_context():
        service.save_places([pharmacy(name="Farmacia Nuova")])
    answer = client.get(CARD)
    assert (answer.status_code, answer.location) == (301, "/places/farmacia-nuova/card.jpg")


def test_what_has_no_letters_is_left_out() -> None:
    assert is_writable("Caffè dell’Ànatra · Žižek «ő» – 20144")
    assert not is_writable("صيدلية")
    assert not is_writable("薬局")
    assert not is_writable("  ")


@pytest.mark.parametrize("name", ["Bar", "A" * 200, "Farmacia " * 22, "صيدلية", ""])
def test_every_name_has_room(name: str) -> None:
    if is_writable(name):
        lines, size = fitted(name, "Bold", range(150, 80, -6), 1200, 3)
        assert 0 < len(lines) <= 3
        assert all(font("Bold", size).getlength(line) <= 1200 for line in lines)
    assert draw_card(CardJob(title=name, facts=(name,) * 6), b"").width == 1200


def test_a_cut_line_says_that_something_is_missing() -> None:
    letters = font("Medium", 50)
    assert cut("Bar", letters, 1000) == "Bar"
    assert cut("Bar " * 50, letters, 300).endswith("…")
