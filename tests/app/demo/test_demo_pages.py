"""/demo: doors, tour and mailbox, and nothing of it elsewhere."""

import re

import pytest

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.core.mail.message import Mail, to_email
from app.demo import queries, tour
from tests import engines
from tests.client import CheckingClient

ADDRESSES = ("/demo", "/demo/mail", "/demo/mail/abc")


def csrf(client, path="/demo"):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True))[1]


@pytest.mark.parametrize("language", ["it", "en", "ar"])
@pytest.mark.parametrize("path", ["/demo", "/demo/mail"])
def test_the_pages_can_be_read_in_every_language(demo_client, path, language):
    answer = demo_client.get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_the_demo_network_there_is_no_demo(tmp_path, spatialite_url, path):
    with engines.running_app(engines.settings_for(tmp_path, spatialite_url)) as app:
        app.test_client_class = CheckingClient
        assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize("path", ADDRESSES)
def test_on_a_public_address_there_is_no_demo(tmp_path, demo_spatialite_url, path):
    settings = engines.settings_for(
        tmp_path, demo_spatialite_url, public_url="https://isole.example", mail_url="smtp://mail.example"
    )
    with engines.running_app(settings) as app:
        app.test_client_class = CheckingClient
        client = app.test_client()
        assert client.get(path, base_url="https://isole.example").status_code == 404
        assert client.post("/demo/enter/operator", base_url="https://isole.example").status_code in (400, 404)


@pytest.mark.parametrize("path", ["/", "/events", "/about", "/sign-in"])
def test_made_up_places_are_called_made_up_at_a_public_address_too(tmp_path, demo_spatialite_url, path):
    settings = engines.settings_for(
        tmp_path, demo_spatialite_url, public_url="https://isole.example", mail_url="smtp://mail.example"
    )
    with engines.running_app(settings) as app:
        page = app.test_client().get(f"{path}?lang=en", base_url="https://isole.example").text
    assert "Demo network: places, hours and events are made up." in page
    assert 'href="/demo' not in page


def test_here_the_banner_leads_to_the_demo(demo_client):
    assert 'made up. Do not show up: nobody is waiting for you. <a href="/demo">' in demo_client.get(
        "/?lang=en"
    ).get_data(as_text=True)


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("203.0.113.7", {}),
        ("192.168.1.20", {}),
        ("::ffff:203.0.113.7", {}),
        ("", {}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}),
        ("127.0.0.1", {"X-Real-IP": "203.0.113.7"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
    ],
)
def test_a_stranger_who_names_this_machine_gets_no_demo(demo_client, peer, headers):
    token = csrf(demo_client)
    asked = {"environ_overrides": {"REMOTE_ADDR": peer}, "headers": headers}
    for path in ADDRESSES:
        assert demo_client.get(path, **asked).status_code == 404, path
    answer = demo_client.post("/demo/enter/operator", data={"csrf_token": token}, **asked)
    assert answer.status_code == 404
    assert "session_id" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("entry", ["bookseller", "manager", "operator"])
def test_a_door_signs_in_and_leads_to_the_staff_pages(demo_client, entry):
    answer = demo_client.post(f"/demo/enter/{entry}", data={"csrf_token": csrf(demo_client)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/studio")
    assert "session_id" in answer.headers["Set-Cookie"]
    assert demo_client.get("/studio").status_code == 200


def test_a_door_needs_the_forms_token(demo_client):
    answer = demo_client.post("/demo/enter/operator")
    assert answer.status_code == 400
    assert "session_id" not in answer.headers.get("Set-Cookie", "")


def test_there_is_no_door_to_nobody(demo_client):
    assert demo_client.post("/demo/enter/", data={"csrf_token": csrf(demo_client)}).status_code == 404
    assert demo_client.post("/demo/enter/nobody", data={"csrf_token": csrf(demo_client)}).status_code == 404


def test_every_link_of_the_tour_leads_somewhere(demo_client):
    page = demo_client.get("/demo").get_data(as_text=True)
    tour = page[page.index('id="tour"') : page.index('id="post"')]
    links = re.findall(r'href="([^"]+)"', tour)
    assert len(links) >= 6
    for link in links:
        assert demo_client.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize(
    ("taken", "said"),
    [(0, "2 places left"), (1, "1 place left"), (2, "The places are gone, the list is open")],
)
def test_the_tour_tells_the_places_that_are_left_now(demo_client, taken, said):
    with demo_client.application.app_context():
        reading = tour.next_date("lettura-0-3")
        for number in range(taken):
            asked = Book(f"Amira {number}", f"amira{number}@example.org", 1, 0, f"key-{number}", "en")
            bookings.book(reading.public_id, asked)
    page = demo_client.get("/demo?lang=en").text
    assert said in page
    assert "La Lucciola reads stories on the rug tomorrow at 10:00" in page
    assert f'href="/occurrences/{reading.public_id}/book"' in page


def test_the_tour_counts_the_families_that_wait(demo_client):
    with demo_client.application.app_context():
        full = tour.next_date("psicologa-incontro")
        assert "Full, and 2 families wait" in demo_client.get("/demo?lang=en").text
        bookings.cancel(queries.family_link(full.public_id))
        assert "Full, and 1 family waits" in demo_client.get("/demo?lang=en").text


def test_arabic_pages_of_the_demo_show_no_italian_words_for_borders_and_titles(demo_client):
    page = demo_client.get("/places/farmacia-del-barcone?lang=ar").text
    assert "confini" not in page
    assert "Municipio 6 (حدود تقريبية)" in page
    listed = demo_client.get("/events?lang=ar").text
    assert not re.search(r'<h[23]><a [^>]*><bdi lang="it"', listed)


def test_a_letter_is_shown_as_text_with_our_own_links_only(demo_client, tmp_path):
    folder = tmp_path / "mail"
    folder.mkdir()
    text = "<b>Ciao</b>\nhttp://localhost:8000/events\nhttps://evil.example/x\n"
    email = to_email(
        Mail("amira@example.org", "Prova <script>", text), sender="a@b.example", message_id="<m@x>"
    )
    (folder / "abc.eml").write_bytes(email.as_bytes())
    assert "/demo/mail/abc" in demo_client.get("/demo/mail").get_data(as_text=True)
    page = demo_client.get("/demo/mail/abc").get_data(as_text=True)
    assert "&lt;b&gt;Ciao&lt;/b&gt;" in page
    assert 'href="/events"' in page
    assert "evil.example" in page
    assert 'href="https://evil.example' not in page
    assert "Prova &lt;script&gt;" in page


def test_a_letter_says_when_it_was_sent_in_milans_time(demo_client, tmp_path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "m.eml").write_bytes(b"Subject: x\nDate: Mon, 23 Nov 2026 06:30:00 +0000\n\ny")
    assert "07:30" in demo_client.get("/demo/mail/m?lang=it").get_data(as_text=True)


def test_a_letter_that_is_not_there_is_a_404(demo_client):
    assert demo_client.get("/demo/mail/nothing").status_code == 404
    assert demo_client.get("/demo/mail/..%2f..%2fsecret").status_code == 404
