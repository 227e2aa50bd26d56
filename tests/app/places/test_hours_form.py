"""A host writes the hours: what everybody reads follows at once, and no import takes it back; on both engines."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.places import service
from app.places.commands import IslandFact, SaveHours
from app.places.models import Place, PlaceOpening
from app.places.rules.vocabulary import HoursOf, Membership
from tests.app.events.browsing import enter, hidden_values
from tests.app.places.places import pharmacy
from tests.app.places.test_pages import MONDAY
from tests.client import CheckingClient

WEEK = {f"d{day}_0_{end}": hour for day in range(5) for end, hour in (("from", "08:30"), ("to", "12:30"))}


@pytest.fixture(autouse=True)
def monday():
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def place(app: Flask, client: CheckingClient) -> str:
    """A pharmacy with an island, and its host signed in."""
    with app.app_context():
        island = IslandFact(Membership.MERCHANT, MONDAY.date())
        (saved,) = service.save_places([pharmacy(island=island)])
        key = db.session.scalar(sa.select(Place.id).where(Place.public_id == saved.public_id))
    enter(app, client, Grant(Role.HOST, place_id=key))
    return saved.public_id


def submit(client: CheckingClient, place: str, part: str = "", **typed: str):
    url = f"/studio/places/{place}/hours{part}?lang=en"
    return client.post(url, data=hidden_values(client.get(url).text) | typed)


def stored(app: Flask) -> tuple[str, str]:
    with app.app_context():
        place = db.session.scalars(sa.select(Place)).one()
        return place.opening_hours, place.island.opening_hours


def test_what_is_written_is_what_everybody_reads(app: Flask, client: CheckingClient, place: str) -> None:
    answer = submit(client, place, **WEEK, c0_first="2026-12-24", c0_last="2027-01-06")
    assert answer.status_code == 303
    assert stored(app)[0] == "Mo-Fr 08:30-12:30; PH off; 2026 Dec 24-2027 Jan 06 off"
    page = client.get(f"{answer.location}&lang=en").text
    assert "Saved: this is what everybody reads now." in page
    assert re.search(r'id="d0_0_from"[^>]*value="08:30"', page)
    with app.app_context():
        times = db.session.scalars(sa.select(PlaceOpening.opens_at).order_by(PlaceOpening.opens_at)).all()
    assert times[0].isoformat() == "2026-11-23T07:30:00+00:00"


def test_closed_today_is_closed_on_its_page_and_in_the_list(
    app: Flask, client: CheckingClient, place: str
) -> None:
    submit(client, place, **WEEK)
    assert "Open now" in client.get("/places/farmacia-del-prato?lang=en").text
    submit(client, place, **WEEK, c0_first="2026-11-23")
    page = client.get("/places/farmacia-del-prato?lang=en").text
    assert 'data-opening="closed"' in page
    assert "Open now" not in page
    assert f'data-place="{place}"' not in client.get("/?open=now&all=1&lang=en").text


def test_monday_is_copied_without_saving(app: Flask, client: CheckingClient, place: str) -> None:
    before = stored(app)
    page = submit(client, place, d0_0_from="09:00", d0_0_to="13:00", copy="1").text
    assert len(re.findall(r'name="d[0-4]_0_from"[^>]*value="09:00"', page)) == 5
    assert not re.search(r'name="d5_0_from"[^>]*value="09:00"', page)
    assert stored(app) == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"d0_0_from": "09:00"}, "One time is missing"),
        (
            {"d0_0_from": "09:00", "d0_0_to": "13:00", "d0_1_from": "12:00", "d0_1_to": "15:00"},
            "These times overlap",
        ),
        ({"d0_0_from": "9 o'clock", "d0_0_to": "13:00"}, "Write the time like this"),
        ({"c0_first": "2026-12-24", "c0_last": "2026-12-20"}, "The last day must not come before the first"),
        ({"c0_last": "2026-12-20"}, "Write the first day too"),
        ({"c0_first": "<script>alert(1)</script>"}, "Write the day like this"),
        ({"c0_first": "2026-01-01", "c0_last": "2028-01-01"}, "At most a year"),
        ({"c0_first": "0026-08-10", "c0_last": "0026-08-25"}, "Write the day like this"),
        ({"c0_first": "1800-01-01"}, "Write the day like this"),
        ({"c0_first": "9999-12-31"}, "Write the day like this"),
        ({"c0_first": "2027-01-01", "c0_last": "2028-01-01", "c0_yearly": "y"}, "At most a year"),
    ],
)
def test_mistakes_are_explained_and_keep_what_was_typed(
    app: Flask, client: CheckingClient, place: str, typed: dict[str, str], sentence: str
) -> None:
    before = stored(app)
    answer = submit(client, place, **{**WEEK, "d0_0_from": "", "d0_0_to": "", **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert re.search(r'name="d4_0_to"[^>]*value="12:30"', answer.text)
    assert "<script>alert" not in answer.text
    assert stored(app) == before


def test_the_corner_has_its_own_hours(app: Flask, client: CheckingClient, place: str) -> None:
    submit(client, place, "/corner", d0_0_from="09:00", d0_0_to="11:00", on_holidays="y")
    assert stored(app)[1] == "Mo 09:00-11:00"
    submit(client, place, "/corner")
    assert stored(app)[1] == ""


def test_hours_that_the_form_cannot_show_stay_until_they_are_written_anew(
    app: Flask, client: CheckingClient, place: str
) -> None:
    with app.app_context():
        key = db.session.scalar(sa.select(Place.id))
        service.save_hours(key, SaveHours(HoursOf.PLACE, "Mo-Fr sunrise-sunset"))
    page = client.get(f"/studio/places/{place}/hours?lang=en").text
    assert "This form cannot show all of these hours" in page
    assert stored(app)[0] == "Mo-Fr sunrise-sunset"


def test_an_import_leaves_the_hours_of_people_alone(app: Flask, client: CheckingClient, place: str) -> None:
    submit(client, place, **WEEK, on_holidays="y")
    with app.app_context():
        service.save_places([pharmacy(opening_hours="24/7", phone="02 123")])
        assert db.session.scalars(sa.select(Place.phone)).one() == "02 123"
    assert stored(app)[0] == "Mo-Fr 08:30-12:30"


@pytest.mark.parametrize("part", ["", "/corner"])
def test_only_those_who_look_after_the_place_may(
    app: Flask, client: CheckingClient, place: str, part: str
) -> None:
    with app.app_context():
        (other,) = service.save_places([pharmacy("2", name="Altra farmacia")])
    assert client.get(f"/studio/places/{other.public_id}/hours{part}").status_code == 403
    assert client.get(f"/studio/places/unknown/hours{part}").status_code == 404
    stranger = app.test_client()
    assert "/sign-in" in stranger.get(f"/studio/places/{place}/hours{part}").location
