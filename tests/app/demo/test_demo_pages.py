"""/demo: doors, tour and mailbox, and nothing of it elsewhere."""

import re

import pytest

from app.core.mail.message import Mail, to_email
from app.demo.service import load_demo
from tests import engines
from tests.client import CheckingClient

ADDRESSES = ("/demo", "/demo/mail", "/demo/mail/abc")


@pytest.fixture
def loaded(app, client):
    """A browser in front of the loaded demo."""
    with app.app_context():
        load_demo()
    return client


def csrf(client, path="/demo"):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True))[1]


@pytest.mark.parametrize("language", ["it", "en", "ar"])
@pytest.mark.parametrize("path", ["/demo", "/demo/mail"])
def test_the_pages_can_be_read_in_every_language(loaded, path, language):
    answer = loaded.get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_the_demo_network_there_is_no_demo(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ADDRESSES)
def test_on_a_public_address_there_is_no_demo(tmp_path, spatialite_url, path):
    settings = engines.settings_for(tmp_path, spatialite_url, public_url="https://isole.example")
    with engines.running_app(settings) as app:
        app.test_client_class = CheckingClient
        with app.app_context():
            load_demo()
        client = app.test_client()
        assert client.get(path, base_url="https://isole.example").status_code == 404
        assert client.post("/demo/enter/operator", base_url="https://isole.example").status_code in (400, 404)


@pytest.mark.parametrize("entry", ["bookseller", "manager", "operator"])
def test_a_door_signs_in_and_leads_to_the_staff_pages(loaded, entry):
    answer = loaded.post(f"/demo/enter/{entry}", data={"csrf_token": csrf(loaded)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/studio")
    assert "session_id" in answer.headers["Set-Cookie"]
    assert loaded.get("/studio").status_code == 200


def test_a_door_needs_the_forms_token(loaded):
    answer = loaded.post("/demo/enter/operator")
    assert answer.status_code == 400
    assert "session_id" not in answer.headers.get("Set-Cookie", "")


def test_there_is_no_door_to_nobody(loaded):
    assert loaded.post("/demo/enter/", data={"csrf_token": csrf(loaded)}).status_code == 404
    assert loaded.post("/demo/enter/nobody", data={"csrf_token": csrf(loaded)}).status_code == 404


def test_every_link_of_the_tour_leads_somewhere(loaded):
    page = loaded.get("/demo").get_data(as_text=True)
    tour = page[page.index('id="tour"') : page.index('id="post"')]
    links = re.findall(r'href="([^"]+)"', tour)
    assert len(links) >= 6
    for link in links:
        assert loaded.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_letter_is_shown_as_text_with_our_own_links_only(loaded, app_settings):
    folder = app_settings.data_dir / "mail"
    folder.mkdir()
    text = f"<b>Ciao</b>\n{app_settings.base_url}/events\nhttps://evil.example/x\n"
    email = to_email(
        Mail("amira@example.org", "Prova <script>", text), sender="a@b.example", message_id="<m@x>"
    )
    (folder / "abc.eml").write_bytes(email.as_bytes())
    assert "/demo/mail/abc" in loaded.get("/demo/mail").get_data(as_text=True)
    page = loaded.get("/demo/mail/abc").get_data(as_text=True)
    assert "&lt;b&gt;Ciao&lt;/b&gt;" in page
    assert 'href="/events"' in page
    assert "evil.example" in page
    assert 'href="https://evil.example' not in page
    assert "Prova &lt;script&gt;" in page


def test_a_letter_that_is_not_there_is_a_404(loaded):
    assert loaded.get("/demo/mail/nothing").status_code == 404
    assert loaded.get("/demo/mail/..%2f..%2fsecret").status_code == 404
