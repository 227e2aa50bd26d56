"""Photos of a place: who adds and removes them, what is kept, what everybody sees."""

import re
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.core import freshness
from app.core.actor import Grant, Role
from app.core.database import db, transaction
from app.core.errors import Busy, NotFound
from app.core.local_text import LocalText
from app.places import darkroom, service
from app.places.commands import AddPhoto
from app.places.darkroom import Developed
from app.places.models import PhotoFile, Place, PlacePhoto
from app.places.queries import photos_of, staff_place
from app.places.rules import photos as rules
from app.places.rules.photos import PhotoFormat
from tests.app.darkroom.pictures import bytes_of, drawing, noise, photo, png_bomb, png_header
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import make_place
from tests.client import CheckingClient

WORDS = "Fasciatoio accanto al lavandino"


@pytest.fixture
def place(app: Flask) -> str:
    """The public id of a published place."""
    with app.app_context():
        return make_place()


@pytest.fixture
def host(app: Flask, client: CheckingClient, place: str) -> CheckingClient:
    """A browser signed in as its host."""
    enter(app, client, Grant(Role.HOST, place_id=key_of(app, place)))
    return client


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the pictures themselves do not matter: no process is started for each."""

    def develop(data: bytes) -> list[Developed]:
        rules.check_file(data)
        return [
            Developed(name, width, width // 2, data + bytes([number]))
            for number, (name, width) in enumerate([(PhotoFormat.AVIF, 840), (PhotoFormat.JPEG, 840), (PhotoFormat.JPEG, 420)])
        ]  # fmt: skip

    monkeypatch.setattr("app.places.service.photos.develop", develop)


def key_of(app: Flask, place: str) -> int:
    with app.app_context():
        found = staff_place(place)
        assert found is not None
        return found.id


def address(place: str, photo_id: str = "", verb: str = "") -> str:
    return "/".join(part for part in (f"/studio/places/{place}/photos", photo_id, verb) if part)


def send(client: CheckingClient, place: str, data: bytes, alt: str = WORDS, **changes: Any) -> TestResponse:
    """Fill in the form as a browser does; it may be sent for a place whose form one may not see."""
    own = changes.pop("form_of", place)
    typed: dict[str, Any] = hidden_values(client.get(f"{address(own)}?lang=it").text)
    typed = typed | {"alt": alt, "photo": (BytesIO(data), changes.pop("name", "corner.jpg")), **changes}
    return client.post(f"{address(place)}?lang=it", data=typed, content_type="multipart/form-data")


def press(client: CheckingClient, place: str, url: str, **typed: str) -> TestResponse:
    """Press a button of the photos' page."""
    token = hidden_values(client.get(address(place)).text)["csrf_token"]
    return client.post(url, data={"csrf_token": token, **typed})


def ids(app: Flask, place: str) -> list[str]:
    key = key_of(app, place)
    with app.app_context():
        return [one.public_id for one in photos_of(key)]


def rows(app: Flask) -> tuple[int, int]:
    with app.app_context():
        count = [
            db.session.scalar(sa.select(sa.func.count()).select_from(model))
            for model in (PlacePhoto, PhotoFile)
        ]
    return count[0], count[1]


def test_a_host_adds_a_photo_and_everybody_sees_it(app: Flask, host: CheckingClient, place: str) -> None:
    answer = send(host, place, photo())
    assert (answer.status_code, answer.location) == (303, address(place))
    told = host.get(f"{address(place)}?lang=it").text
    assert "La foto c&#39;è." in told or "La foto c'è." in told
    assert "La foto c" not in host.get(f"{address(place)}?lang=it").text
    host.delete_cookie("session_id")
    page = host.get("/places/la-lucciola?lang=it").text
    assert f'alt="{WORDS}"' in page
    assert re.search(r'<source type="image/(avif|webp)" srcset="/photos/\w+\.(avif|webp) 840w, ', page)
    assert 'width="840" height="630" fetchpriority="high"' in page
    assert "loading" not in page


def test_the_files_are_small_bare_and_kept_for_ever(app: Flask, host: CheckingClient, place: str) -> None:
    send(host, place, bytes_of(noise(2000, 1500), quality=60))
    page = host.get("/places/la-lucciola").text
    addresses = set(re.findall(r"/photos/\w+\.\w+", page))
    assert len(addresses) == 4
    stranger = app.test_client()
    for path in addresses:
        answer = stranger.get(path)
        assert answer.status_code == 200
        assert answer.mimetype in {"image/avif", "image/webp", "image/jpeg"}
        assert 500 < len(answer.data) <= 40_000
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        again = stranger.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/photos/" + "0" * 32 + ".jpg", "/photos/x.jpg", "/photos/" + "0" * 32 + ".svg", "/photos/"]
)
def test_an_address_without_a_photo_is_not_found(client: CheckingClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("quick")
def test_a_file_answers_under_its_own_ending_only(app: Flask, host: CheckingClient, place: str) -> None:
    send(host, place, photo())
    path = re.findall(r"/photos/\w+\.avif", host.get("/places/la-lucciola").text)[0]
    assert host.get(path).status_code == 200
    assert host.get(path.replace(".avif", ".jpg")).status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.jpg", "Questo file è vuoto"),
        (b"\xff\xd8\xff" + bytes(11 * 1024 * 1024), "a.jpg", "pesa più di 10 MB"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg", "Questa non è una foto"),
        (b"<!doctype html><script>alert(1)</script>", "a.jpg", "Questa non è una foto"),
        (bytes_of(drawing(40, 30), "GIF", save_all=True, append_images=[drawing(40, 30, seed) for seed in range(2, 500)]), "a.gif", "Questa non è una foto"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "a.heic", "formato HEIC"),
        (png_header(60_000, 60_000), "a.png", "L&#39;immagine ha 3.600 megapixel, e noi arriviamo a 40"),
        (png_bomb(8_192, 6_144), "a.png", "L&#39;immagine ha 51 megapixel"),
        (photo()[:-3_000], "a.jpg", "non si legge fino in fondo"),
        (bytes_of(drawing(1200, 40)), "a.jpg", "1.200 × 40 pixel"),
    ],
    ids=["empty", "11 MB", "svg", "html", "gif", "heic", "bomb", "50 megapixels", "cut", "narrow"],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_words_and_the_words_typed_stay(
    app: Flask, host: CheckingClient, place: str, data: bytes, name: str, words: str
) -> None:
    answer = send(host, place, data, name=name)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2  # in the summary, and at the field
    assert f'value="{WORDS}"' in answer.text
    assert rows(app) == (0, 0)


def test_a_body_beyond_all_measure_is_not_read(app: Flask, host: CheckingClient, place: str) -> None:
    assert send(host, place, bytes(rules.MOST_BODY_BYTES)).status_code == 413
    assert rows(app) == (0, 0)


def test_only_who_is_signed_in_may_send_more_than_others(
    app: Flask, client: CheckingClient, place: str
) -> None:
    form = {"alt": WORDS, "photo": (BytesIO(bytes(3 * 1024 * 1024)), "a.jpg")}
    assert client.post(address(place), data=form, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize(
    ("data", "alt", "words"),
    [(photo(), "  ", "Scrivi a parole"), (photo(), "x" * 201, "al massimo 200 caratteri")],
    ids=["no words", "too many words"],
)
def test_a_photo_needs_words_and_not_too_many(
    app: Flask, host: CheckingClient, place: str, data: bytes, alt: str, words: str
) -> None:
    answer = send(host, place, data, alt=alt)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Il browser non ha tenuto il file" in answer.text
    assert rows(app) == (0, 0)


def test_a_form_without_a_file_says_so(host: CheckingClient, place: str) -> None:
    token = hidden_values(host.get(address(place)).text)
    answer = host.post(f"{address(place)}?lang=it", data=token | {"alt": WORDS})
    assert answer.status_code == 422
    assert "Scegli una foto" in answer.text
    assert f'value="{WORDS}"' in answer.text


@pytest.mark.usefixtures("quick")
def test_the_same_file_twice_is_one_photo_with_the_last_words(
    app: Flask, host: CheckingClient, place: str
) -> None:
    for words in (WORDS, "Un fasciatoio"):
        assert send(host, place, photo(), alt=words).status_code == 303
    assert rows(app) == (1, 3)
    assert "Un fasciatoio" in host.get("/places/la-lucciola").text


@pytest.mark.usefixtures("quick")
def test_words_in_another_language_stand_beside_the_first(app: Flask, place: str) -> None:
    key = key_of(app, place)
    with app.app_context():
        for language, words in (("it", WORDS), ("en", "Changing table")):
            service.add_photo(AddPhoto(key, LocalText.of(language, **{language: words}), photo()))
        (one,) = photos_of(key)
    assert one.alt == LocalText.of("it", it=WORDS, en="Changing table")


@pytest.mark.usefixtures("quick")
def test_eight_have_room_and_the_ninth_is_told(app: Flask, host: CheckingClient, place: str) -> None:
    for seed in range(rules.MOST_PHOTOS):
        assert send(host, place, photo(seed)).status_code == 303
    page = host.get(f"{address(place)}?lang=it").text
    assert "Ci sono già 8 foto" in page
    assert 'type="file"' not in page
    with app.app_context(), pytest.raises(rules.TooManyPhotos):
        service.add_photo(AddPhoto(key_of(app, place), LocalText.of("it", it=WORDS), photo(99)))


@pytest.mark.usefixtures("quick")
def test_photos_are_put_in_order_and_a_second_press_changes_nothing(
    app: Flask, host: CheckingClient, place: str
) -> None:
    for seed in range(3):
        send(host, place, photo(seed))
    first, second, third = ids(app, place)
    for _ in range(2):
        assert press(host, place, address(place, third, "move"), position="1").status_code == 303
        assert ids(app, place) == [first, third, second]
    press(host, place, address(place, second, "move"), position="0")
    assert ids(app, place) == [second, first, third]
    for wrong in ("-1", "8", "x", ""):
        assert press(host, place, address(place, first, "move"), position=wrong).status_code == 422
    assert press(host, place, address(place, "nobody0000", "move"), position="0").status_code == 404
    assert ids(app, place) == [second, first, third]


def test_a_photo_that_is_removed_is_gone_with_its_bytes(app: Flask, host: CheckingClient, place: str) -> None:
    send(host, place, photo())
    (photo_id,) = ids(app, place)
    path = re.findall(r"/photos/\w+\.jpg", host.get("/places/la-lucciola").text)[0]
    stranger = app.test_client()
    assert stranger.get(path).status_code == 200
    assert WORDS in host.get(address(place, photo_id, "remove")).text
    for _ in range(2):
        assert press(host, place, address(place, photo_id, "remove")).status_code == 303
    assert rows(app) == (0, 0)
    freshness.of(app).ask_again()
    assert stranger.get(path).status_code == 404
    assert host.get(address(place, photo_id, "remove")).status_code == 303
    assert "/photos/" not in host.get("/places/la-lucciola").text


@pytest.mark.usefixtures("quick")
def test_one_photo_at_two_places_stays_at_the_other(app: Flask, place: str) -> None:
    with app.app_context():
        other = make_place("Altrove")
    keys = [key_of(app, one) for one in (place, other)]
    with app.app_context():
        for key in keys:
            service.add_photo(AddPhoto(key, LocalText.of("it", it=WORDS), photo()))
        (here,) = photos_of(keys[0])
        service.remove_photo(keys[0], here.public_id)
    path = f"/photos/{here.files[0].digest}.avif"
    assert app.test_client().get(path).status_code == 200


@pytest.mark.usefixtures("quick")
def test_erasing_a_place_or_a_person_leaves_no_orphan(app: Flask, host: CheckingClient, place: str) -> None:
    send(host, place, photo())
    with app.app_context():
        with transaction() as session:
            session.execute(sa.text("DELETE FROM person"))
        assert db.session.scalar(sa.select(PlacePhoto.uploaded_by)) is None
        with transaction() as session:
            session.execute(sa.delete(Place))
    assert rows(app) == (0, 0)


@pytest.mark.usefixtures("quick")
def test_a_photo_for_a_place_that_is_gone_is_not_kept(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotFound):
        service.add_photo(AddPhoto(999_999, LocalText.of("it", it=WORDS), photo()))


@pytest.mark.usefixtures("quick")
def test_only_those_who_look_after_the_place_see_and_change_its_photos(
    app: Flask, client: CheckingClient, place: str
) -> None:
    with app.app_context():
        theirs = make_place("Altrove")
    service_key = key_of(app, place)
    with app.app_context():
        photo_id = service.add_photo(AddPhoto(service_key, LocalText.of("it", it=WORDS), photo()))
    for path in (address(place), address(place, photo_id, "remove")):
        assert client.get(path).location == "/sign-in"
    enter(app, client, Grant(Role.HOST, place_id=key_of(app, theirs)))
    for path in (address(place), address(place, photo_id, "remove")):
        assert client.get(path).status_code == 403
    assert send(client, place, photo(5), form_of=theirs).status_code == 403
    assert press(client, theirs, address(place, photo_id, "remove")).status_code == 403
    assert press(client, theirs, address(place, photo_id, "move"), position="0").status_code == 403
    press(
        client, theirs, address(theirs, photo_id, "remove")
    )  # through one's own place, somebody else's photo
    assert ids(app, place) == [photo_id]


@pytest.mark.usefixtures("quick")
def test_photos_of_a_place_that_is_not_published_are_for_its_host_alone(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        hidden = make_place("Segreto", is_published=False)
    key = key_of(app, hidden)
    with app.app_context():
        service.add_photo(AddPhoto(key, LocalText.of("it", it=WORDS), photo()))
        path = f"/photos/{photos_of(key)[0].files[0].digest}.avif"
    assert client.get(path).status_code == 404
    enter(app, client, Grant(Role.HOST, place_id=key))
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert app.test_client().get(path).status_code == 404


@pytest.mark.usefixtures("quick")
def test_the_first_photo_stands_on_top_and_the_others_wait_until_they_are_seen(
    app: Flask, host: CheckingClient, place: str
) -> None:
    for seed in range(3):
        send(host, place, photo(seed), alt=f"Foto {seed} dell'angolo")
    page = host.get("/places/la-lucciola?lang=it").text.partition("<main")[2]
    assert page.count("<picture>") == 3
    assert page.count('loading="lazy"') == 2
    assert (
        page.index("Foto 0 dell") < page.index("<h1") < page.index("Foto 1 dell") < page.index("Foto 2 dell")
    )
    assert "/photos/" not in host.get("/places/la-lucciola/print").text


def test_a_darkroom_that_is_busy_asks_to_wait(
    app: Flask, host: CheckingClient, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkroom, "WAIT_SECONDS", 0.01)
    host.may_break = True  # 503 is right here, and is checked
    with darkroom._photo_door.turn():
        answer = send(host, place, photo())
    assert answer.status_code == 503
    assert "stiamo preparando un&#39;altra foto" in answer.text


def test_one_waits_for_the_darkroom_and_whoever_comes_then_keeps_no_thread_from_the_pages() -> None:
    door = darkroom.Door()

    def come() -> str:
        try:
            with door.turn():
                return "had its turn"
        except Busy:
            return "was sent away"

    with ThreadPoolExecutor(2) as others:
        with door.turn():
            came = [others.submit(come) for _ in range(2)]
            sent_away, waiting = wait(came, timeout=10, return_when=FIRST_COMPLETED)
            assert [one.result() for one in sent_away] == ["was sent away"]
        assert [one.result(timeout=10) for one in waiting] == ["had its turn"]
    assert come() == "had its turn"


def test_the_menu_of_a_place_leads_to_its_photos(host: CheckingClient, place: str) -> None:
    assert f'href="{address(place)}"' in host.get(f"/studio/places/{place}").text
