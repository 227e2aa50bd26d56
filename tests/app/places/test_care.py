"""Those who look after a place read and answer its reports and say how it is today; nobody else comes in."""

import pytest
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.local_text import Text
from app.places import service
from app.places.commands import SendReport
from app.places.models import Report
from app.places.rules.reports import ReportKind
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.places.trusting import SLUG, doubt, fact, make_pharmacy, the_place
from tests.client import CheckingClient


@pytest.fixture
def place_id(app: Flask) -> str:
    """A pharmacy about which somebody has reported something."""
    with app.app_context():
        made = make_pharmacy()
        report(made, "first")
        return made


def report(place_id: str, key: str) -> None:
    service.send_report(place_id, SendReport(ReportKind.BROKEN, Text("Balla", "it"), "a@example.org", key))


def report_id(app: Flask) -> str:
    with app.app_context():
        return str(db.session.query(Report.public_id).order_by(Report.id).limit(1).scalar())


def enter_as(app: Flask, client: CheckingClient, role: Role, *, elsewhere: bool = False) -> CheckingClient:
    with app.app_context():
        other = make_pharmacy(source_id="2", name="Altrove") if elsewhere else ""
        place_id = the_place().id + (1 if other else 0)
    enter(app, client, Grant(role, place_id=place_id if role is Role.HOST else None))
    return client


def addresses(app: Flask, place_id: str) -> list[tuple[str, str]]:
    here = f"/studio/places/{place_id}"
    return [
        ("GET", f"{here}/reports"),
        ("POST", f"{here}/reports/{report_id(app)}"),
        ("GET", f"{here}/facts"),
        ("POST", f"{here}/facts"),
    ]


def test_a_host_of_another_place_and_a_stranger_are_kept_out(
    app: Flask, client: CheckingClient, place_id: str
) -> None:
    for method, address in addresses(app, place_id):
        token = hidden_values(client.get(f"/places/{SLUG}/report").text)
        assert client.open(address, method=method, data=token).location.startswith("/sign-in")
    enter_as(app, client, Role.HOST, elsewhere=True)
    token = {"csrf_token": hidden_values(client.get(f"/places/{SLUG}/report").text)["csrf_token"]}
    for method, address in addresses(app, place_id):
        sent = {**token, "step": "resolved", "changing_table": "no"} if method == "POST" else None
        assert client.open(address, method=method, data=sent).status_code == 403
    with app.app_context():
        assert db.session.query(Report).one().status == "new"
        assert fact().state is AmenityState.YES


def test_a_report_is_answered_only_under_its_own_place(
    app: Flask, client: CheckingClient, place_id: str
) -> None:
    enter_as(app, client, Role.HOST, elsewhere=True)
    with app.app_context():
        other = service.save_places([]) or make_pharmacy(source_id="2", name="Altrove")
    hidden = hidden_values(client.get(f"/studio/places/{other}/facts").text)
    data = {"csrf_token": hidden["csrf_token"], "step": "resolved"}
    assert client.post(f"/studio/places/{other}/reports/{report_id(app)}", data=data).status_code == 404


@pytest.mark.parametrize("role", [Role.HOST, Role.OPERATOR])
def test_whoever_looks_after_it_reads_newest_first_and_answers(
    app: Flask, client: CheckingClient, place_id: str, role: Role
) -> None:
    with app.app_context():
        report(place_id, "second")
    page = enter_as(app, client, role).get(f"/studio/places/{place_id}/reports?lang=en").text
    assert page.index("Balla") > 0
    assert page.count('data-status="new"') == 2
    assert "2 wait" in client.get(f"/studio/places/{place_id}?lang=en").text
    assert "a@example.org" not in page
    here = f"/studio/places/{place_id}/reports"
    address = f"{here}/{report_id(app)}"
    token = {"csrf_token": hidden_values(client.get(here).text)["csrf_token"]}
    empty = client.post(f"{address}?lang=en", data={**token, "step": "answered", "text": "  "})
    assert (empty.status_code, "Write a sentence to whoever reported" in empty.text) == (422, True)
    long = client.post(f"{address}?lang=en", data={**token, "step": "answered", "text": "ah " * 400})
    assert (long.status_code, "ah ah ah" in long.text) == (422, True)
    done = client.post(address, data={**token, "step": "answered", "text": "Grazie <i>mille</i>"})
    assert done.location.endswith(f"#report-{report_id(app)}")
    page = client.get(f"{here}?lang=en").text
    assert "Grazie &lt;i&gt;mille" in page
    assert "1 waits" in page
    again = client.post(f"{address}?lang=en", data={**token, "step": "answered", "text": "ancora"})
    assert (again.status_code, "Somebody else has already answered" in again.text) == (409, True)
    assert client.post(address, data={**token, "step": "seen"}).status_code == 409
    assert client.post(address, data={**token, "step": "burnt"}).status_code == 422


def test_the_list_has_pages(app: Flask, client: CheckingClient, place_id: str) -> None:
    with app.app_context():
        for number in range(21):
            report(place_id, f"more {number}")
    here = f"/studio/places/{place_id}/reports"
    first = enter_as(app, client, Role.HOST).get(here).text
    assert (first.count("data-report="), "page=2" in first) == (20, True)
    assert client.get(f"{here}?page=2").text.count("data-report=") == 2
    assert client.get(f"{here}?page=99").status_code == 200


@pytest.mark.parametrize(
    ("role", "by"), [(Role.HOST, ConfirmedBy.HOST), (Role.OPERATOR, ConfirmedBy.MANAGER)]
)
def test_one_press_confirms_everything_and_ends_the_doubt(
    app: Flask, client: CheckingClient, place_id: str, role: Role, by: ConfirmedBy
) -> None:
    with app.app_context():
        doubt(place_id, clock.now())
    here = f"/studio/places/{place_id}/facts"
    page = enter_as(app, client, role).get(here).text
    assert 'data-amenity="changing_table" data-doubted' in page
    answer = submit(client, here, water="yes", play_area="yes", privacy="<b>", toilets="\x00")
    assert answer.location == f"/places/{SLUG}#amenities-title"
    with app.app_context():
        today = clock.today("Europe/Rome")
        assert (fact().is_doubted, fact().state, fact().confirmed_by, fact().confirmed_on) == (
            False, AmenityState.YES, by, today,
        )  # fmt: skip
        states = {one.amenity: one.state for one in the_place().amenities}
        assert states == {
            Amenity.CHANGING_TABLE: AmenityState.YES, Amenity.PLAY_AREA: AmenityState.YES, Amenity.WATER: AmenityState.YES,
        }  # fmt: skip


@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_its_pages_speak_the_language(
    app: Flask, client: CheckingClient, place_id: str, language: str
) -> None:
    enter_as(app, client, Role.HOST)
    for name in ("reports", "facts"):
        assert client.get(f"/studio/places/{place_id}/{name}?lang={language}").status_code == 200
