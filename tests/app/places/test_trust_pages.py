"""The pages on which parents confirm a place: one tap without a cookie, a calm answer, and no way in from elsewhere."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.core import clock
from app.core.database import db
from app.places import service
from app.places.models import FactVote, Report
from app.places.rules.trust import Answer
from app.places.views import report_limits, trust
from tests import engines
from tests.app.events.browsing import hidden_values, submit
from tests.app.places.places import pharmacy, plain
from tests.app.places.trusting import (
    OWN,
    PLAY,
    SLUG,
    TABLE,
    another_browser,
    doubt,
    make_pharmacy,
    tap,
)
from tests.client import CheckingClient

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
PAGE = f"/places/{SLUG}"


@pytest.fixture(autouse=True)
def place_id(app: Flask):
    """A pharmacy; the clock stands still."""
    with clock.frozen(NOON):
        with app.app_context():
            made = make_pharmacy()
        yield made


def votes(app: Flask) -> list[FactVote]:
    with app.app_context():
        return list(db.session.query(FactVote).order_by(FactVote.id))


def test_reading_sets_no_cookie_and_one_tap_from_the_page_confirms_it(
    app: Flask, client: CheckingClient
) -> None:
    page = client.get(f"{PAGE}?utm_source=x")
    assert "Set-Cookie" not in page.headers
    shown = hidden_values(page.text)
    assert set(shown) == {"shown"}
    answer = client.post(f"{PAGE}/confirm", data=shown, headers=OWN)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}/thanks")
    assert client.get_cookie("browser") is not None
    assert client.get_cookie("form") is None
    assert "Grazie" in client.get(answer.location).text
    assert {vote.amenity for vote in votes(app)} == {TABLE, PLAY}
    assert "Confermato da un genitore oggi" in client.get(PAGE).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:81"},
        {"Referer": "http://localhost/"},
    ],
)
def test_a_vote_from_elsewhere_counts_nothing_and_leads_to_the_question(
    app: Flask, client: CheckingClient, headers: dict[str, str]
) -> None:
    answer = tap(client, **headers)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}/confirm")
    assert client.get_cookie("browser") is None
    assert votes(app) == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_either_word_of_the_browser_suffices(
    app: Flask, client: CheckingClient, headers: dict[str, str]
) -> None:
    assert tap(client, **headers).location == f"{PAGE}/thanks"
    assert len(votes(app)) == 2


@pytest.mark.parametrize(
    ("origin", "leads_to"), [("https://isole.example", "thanks"), ("http://isole.example", "confirm")]
)
def test_over_https_only_our_own_https_page_counts_and_the_cookie_is_bound_to_the_host(
    tmp_path: Path, sqlite_template: Path, origin: str, leads_to: str
) -> None:
    url = engines.fresh_sqlite(sqlite_template, tmp_path)
    https = {"public_url": "https://isole.example", "mail_url": "smtp://mail.example"}
    with engines.running_app(engines.settings_for(tmp_path, url, **https)) as app:
        with app.app_context():
            make_pharmacy()
        answer = app.test_client().post(
            f"{PAGE}/confirm", data={"shown": "changing_table.yes"}, headers={"Origin": origin},
            base_url="https://isole.example",
        )  # fmt: skip
    assert answer.location == f"{PAGE}/{leads_to}"
    cookies = [cookie for cookie in answer.headers.getlist("Set-Cookie") if "browser" in cookie]
    assert [cookie.startswith("__Host-browser=") for cookie in cookies] == [True] * (leads_to == "thanks")


def test_a_browser_that_says_nothing_confirms_with_two_taps(app: Flask, client: CheckingClient) -> None:
    assert submit(client, f"{PAGE}/confirm").location == f"{PAGE}/thanks"
    assert len(votes(app)) == 2


def test_pressing_again_is_the_same_voice_and_the_same_answer(app: Flask, client: CheckingClient) -> None:
    first, second = tap(client), tap(client)
    neighbour = tap(another_browser(app), "198.51.100.99")
    moved = tap(client, "203.0.113.5")
    assert {answer.location for answer in (first, second, neighbour, moved)} == {f"{PAGE}/thanks"}
    assert len(votes(app)) == 2
    assert tap(another_browser(app), "203.0.113.5").status_code == 303
    assert len(votes(app)) == 4


def test_what_is_stored_names_neither_network_nor_browser_and_differs_by_place(
    app: Flask, client: CheckingClient
) -> None:
    tap(client)
    with app.app_context():
        service.save_places([pharmacy("2", name="Farmacia Due")])
    client.post(
        "/places/farmacia-due/confirm", data={"shown": "changing_table.yes"}, headers=OWN,
        environ_overrides={"REMOTE_ADDR": "198.51.100.7"},
    )  # fmt: skip
    cookie = client.get_cookie("browser")
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 180 * 86_400)
    rows = votes(app)
    assert len({row.network for row in rows}) == len({row.browser for row in rows}) == 2
    stored = "".join(row.network + row.browser for row in rows)
    assert "198.51" not in stored
    assert cookie.value not in stored


@pytest.mark.parametrize("cookie", ["x", "A" * 32, "a" * 1_000, "'; DROP TABLE fact_vote; --"])
def test_a_cookie_of_the_senders_own_choice_is_replaced(
    app: Flask, client: CheckingClient, cookie: str
) -> None:
    client.set_cookie("browser", cookie)
    assert tap(client).status_code == 303
    assert client.get_cookie("browser").value != cookie


def test_a_network_that_votes_too_often_is_asked_to_wait(
    client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "PER_NETWORK", "2 per hour")
    assert [tap(client).status_code for _ in range(3)] == [303, 303, 429]


def test_a_browser_that_wanders_through_networks_is_counted_too(
    client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "PER_BROWSER", "2 per hour")
    assert [tap(client, f"198.51.{number}.7").status_code for number in range(4)] == [303, 303, 303, 429]


def test_changed_opens_the_list_and_counts_only_what_is_answered(app: Flask, client: CheckingClient) -> None:
    answer = submit(client, f"{PAGE}/changed", changing_table="changed", play_area="", water="changed")
    assert answer.location == f"{PAGE}/thanks"
    (vote,) = votes(app)
    assert (vote.amenity, vote.answer) == (TABLE, Answer.CHANGED)
    assert db_reports(app) == []


def test_a_sentence_beside_it_reaches_the_people_of_the_place_once(
    app: Flask, client: CheckingClient
) -> None:
    hidden = hidden_values(client.get(f"{PAGE}/changed").text)
    typed = {"play_area": "changed", "note": " <script>alert(1)</script>\x00 \u202eora c'è"}
    for _ in range(2):
        assert client.post(f"{PAGE}/changed", data=hidden | typed).status_code == 303
    (report,) = db_reports(app)
    assert (report.kind, report.email) == ("wrong", None)
    assert report.text == "<script>alert(1)</script> \u202eora c'è\u202c"
    assert "alert(1)" not in client.get(PAGE).text


def test_a_sentence_that_is_too_long_is_explained_and_everything_typed_stays(
    app: Flask, client: CheckingClient
) -> None:
    answer = submit(client, f"{PAGE}/changed", changing_table="changed", note="piove " * 200)
    assert answer.status_code == 422
    assert "Usa al massimo 1000 caratteri" in answer.text
    assert "piove piove" in answer.text
    assert 'checked id="changing_table-1"' in answer.text
    assert (votes(app), db_reports(app)) == ([], [])


def test_a_sentence_counts_as_the_report_that_it_is(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_limits, "PER_PLACE", "1 per day")
    assert submit(client, f"{PAGE}/changed", note="piove dentro").status_code == 303
    refused = submit(client, f"{PAGE}/changed", changing_table="changed", note="nevica dentro")
    assert refused.status_code == 429
    assert "nevica dentro" in refused.text
    assert "changing_table.yes" in hidden_values(refused.text)["shown"]
    assert submit(client, f"{PAGE}/report", kind="broken", text="x").status_code == 429
    assert (len(db_reports(app)), votes(app)) == (1, [])
    assert submit(client, f"{PAGE}/changed", changing_table="changed").status_code == 303


@pytest.mark.parametrize("value", ["yes", "\x00", "still\n", "x" * 9_000, "<b>"])
def test_answers_that_are_none_are_left_out(app: Flask, client: CheckingClient, value: str) -> None:
    assert submit(client, f"{PAGE}/changed", changing_table=value, shown=value).status_code == 303
    assert votes(app) == []


def test_an_unsure_fact_is_said_to_be_so_wherever_it_stands(
    app: Flask, client: CheckingClient, place_id: str
) -> None:
    with app.app_context():
        later = doubt(place_id, NOON)
    with clock.frozen(later):
        page = client.get(f"{PAGE}?lang=en").text
        assert 'data-amenity="changing_table" data-answer="yes" data-doubted' in page
        assert "Several parents told us that this has changed" in page
        assert '"name": "Changing table"' not in page
        assert "Changing table: not sure" in client.get("/?lang=en").text
        sheet = client.get(f"{PAGE}/print?lang=en").text
        assert "Ask about: " in sheet
        assert sheet.index("Changing table") > sheet.index("Ask about: ")
        assert client.get("/?lang=en&amenity=changing_table").text.count('data-place="') >= 1


@pytest.mark.parametrize("path", ["confirm", "changed", "report", "thanks"])
def test_an_old_address_leads_on_and_an_unknown_one_says_so(
    app: Flask, client: CheckingClient, path: str
) -> None:
    with app.app_context():
        service.save_places([pharmacy(name="Farmacia Nuova")])
    assert client.get(f"{PAGE}/{path}").location == f"/places/farmacia-nuova/{path}"
    assert client.get(f"/places/nobody/{path}").status_code == 404
    assert client.post("/places/nobody/confirm", headers=OWN).status_code == 404
    assert tap(client).location == "/places/farmacia-nuova/thanks"


def test_of_a_place_of_which_nothing_is_known_nothing_is_asked(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        service.save_places([plain("9", name="Bar Nuovo")])
    page = client.get("/places/bar-nuovo?lang=en").text
    assert "Is this still right?" not in page
    assert "Report a problem" in page
    assert "we know too little to ask" in client.get("/places/bar-nuovo/confirm?lang=en").text


@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_every_page_speaks_the_language(client: CheckingClient, language: str) -> None:
    for path in ("", "/confirm", "/changed", "/thanks", "/report"):
        assert f'<html lang="{language}"' in client.get(f"{PAGE}{path}?lang={language}").text


def test_facts_grow_old_as_the_installation_says(app: Flask, client: CheckingClient) -> None:
    with clock.frozen(NOON + timedelta(days=100)):
        assert "To be confirmed again" in client.get(f"{PAGE}?lang=en").text
    with clock.frozen(NOON + timedelta(days=200)):
        assert "We are no longer sure" in client.get(f"{PAGE}?lang=en").text


def db_reports(app: Flask) -> list[Report]:
    with app.app_context():
        return list(db.session.query(Report).order_by(Report.id))
