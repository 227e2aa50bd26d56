"""Posters and stickers: one sheet each, whatever hosts write, in three languages, on paper and as a PDF."""

import sys
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from app.core.actor import Grant, Role
from app.core.http import absolute
from app.core.local_text import LocalText
from app.events import printing
from app.places.commands import AmenityFact
from app.places.queries import StaffPlace, staff_place
from app.places.rules.vocabulary import Amenity, AmenityState
from tests.app.events.browsing import enter
from tests.app.events.factory import in_days, make_event, make_place
from tests.architecture.source import ROOT
from tests.client import CheckingClient

POINTS = {"a4": (595, 842), "a5": (420, 595), "sticker": (298, 298)}
YES = tuple(
    AmenityFact(one, AmenityState.YES)
    for one in (Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE_FATHERS, Amenity.CHANGING_TABLE)
)
HOURS = "Mo-Fr 08:00-12:30,14:00-16:30,17:00-19:30; Sa 09:00-12:00,15:00-18:00; Su 10:00-12:00"


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    with app.app_context():
        found = staff_place(make_place("La Lucciola", amenities=YES, opening_hours=HOURS))
    assert found is not None
    return found


@pytest.fixture
def host(app: Flask, client: CheckingClient, place: StaffPlace) -> CheckingClient:
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    return client


def poster(place: StaffPlace, **query: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/studio/places/{place.public_id}/poster?{asked}"


def pdf(client: CheckingClient, place: StaffPlace, **query: str) -> PdfReader:
    answer = client.get(poster(place, **query).replace("/poster?", "/poster.pdf?"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    return PdfReader(BytesIO(answer.data))


def test_the_week_of_the_place_stands_on_it(app: Flask, host: CheckingClient, place: StaffPlace) -> None:
    with app.app_context():
        make_event(place.public_id, starts_local=in_days(2), age_from_months=0, age_to_months=36)
        make_event(
            place.public_id,
            title=LocalText.of("it", it="Caffè aperto"),
            starts_local=in_days(3),
            capacity=None,
        )
        make_event(place.public_id, title=LocalText.of("it", it="Fra un mese"), starts_local=in_days(30))
        make_event(make_place("Altrove"), title=LocalText.of("it", it="Da altri"))
        make_event(
            place.public_id, title=LocalText.of("it", it="Bozza"), starts_local=in_days(2), is_published=False
        )
        address = absolute("places.detail", slug=place.slug).partition("://")[2]
    page = host.get(poster(place, size="a4")).text
    for words in (
        "Lettura 0-3",
        "Caffè aperto",
        "vieni e basta",
        "Qui si allatta e si cambia",
        "Anche per i papà",
        address,
        "Stampato il",
    ):
        assert words in page
    for words in ("Fra un mese", "Da altri", "Bozza"):
        assert words not in page


def test_it_promises_only_what_is_known(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        found = staff_place(make_place("Il Sasso"))
    assert found is not None
    enter(app, client, Grant(Role.HOST, place_id=found.id))
    page = client.get(poster(found)).text
    assert "Un angolo per te" in page
    assert "allatta" not in page
    assert "papà" not in page
    assert "Questa settimana non c&#39;è niente in programma" in page


@pytest.mark.parametrize("size", POINTS)
@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_the_pdf_is_one_sheet_of_its_size(
    host: CheckingClient, place: StaffPlace, size: str, language: str
) -> None:
    made = pdf(host, place, size=size, lang=language)
    (sheet,) = made.pages
    assert tuple(round(float(side)) for side in sheet.mediabox[2:]) == POINTS[size]
    assert "Lucciola" in sheet.extract_text()


@pytest.mark.parametrize("size", POINTS)
@pytest.mark.parametrize("language", ["it", "ar"])
def test_whatever_hosts_write_it_stays_one_sheet(
    app: Flask, client: CheckingClient, size: str, language: str
) -> None:
    with app.app_context():
        long = staff_place(
            make_place(
                ("Biblioteca dei bambini e delle bambine " * 6)[:200].strip(),
                amenities=YES,
                opening_hours=HOURS,
            )
        )
        assert long is not None
        title = ("Lettura ad alta voce con i nonni del quartiere e chi vuole " * 3)[:160].strip()
        for number in range(12):
            make_event(
                long.public_id,
                title=LocalText.of("it", it=title, ar="قراءة بصوت عال مع أجداد الحي " * 4),
                starts_local=in_days(1, 8 + number),
                price="12 euro con la merenda",
            )
    enter(app, client, Grant(Role.HOST, place_id=long.id))
    (sheet,) = pdf(client, long, size=size, lang=language).pages
    assert "localhost" in sheet.extract_text()  # the address is on it still
    if size != "sticker":
        assert "e altri" in client.get(poster(long, size=size, lang="it")).text


def test_hostile_words_stay_words(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        found = staff_place(make_place("</style><img src=http://example.org/x> Bar"))
        assert found is not None
        make_event(
            found.public_id, title=LocalText.of("it", it="<script>x</script>"), starts_local=in_days(2)
        )
    enter(app, client, Grant(Role.HOST, place_id=found.id))
    (sheet,) = pdf(client, found).pages
    assert "<script>x</script>" in sheet.extract_text()


def test_without_the_library_the_page_is_printed(
    host: CheckingClient, place: StaffPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "COMMAND", [sys.executable, "-c", "raise SystemExit(1)"])
    answer = host.get(poster(place).replace("/poster?", "/poster.pdf?"))
    assert answer.status_code == 404
    assert "stampa questa pagina dal browser" in answer.text


def test_an_unpublished_place_has_no_poster(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        found = staff_place(make_place(is_published=False))
    assert found is not None
    enter(app, client, Grant(Role.HOST, place_id=found.id))
    assert client.get(poster(found)).status_code == 404


def test_the_style_can_stand_in_a_document() -> None:
    style = (ROOT / "static/css/poster.css").read_text(encoding="utf-8")
    assert not set(style) & set("\"'<>&")
