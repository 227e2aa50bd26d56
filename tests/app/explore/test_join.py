"""A shop that is not in the catalogue joins: four fields, a mail, a manager who says yes; then it is on the map."""

import re

import pytest
from flask import Flask

from app.config import Settings
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail.models import OutboxMessage
from app.places.models import Place, PlaceClaim
from app.places.rules.claims import ClaimStatus
from geo.point import Point
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import make_place
from tests.app.explore.factory import name
from tests.client import CheckingClient

STREET = Point(lon=9.161, lat=45.452)
SHOP = {"name": "Merceria Bottone", "kind": "shop", "address": "via del Rovo 10", "email": "anna@example.org"}


@pytest.fixture
def street(app: Flask) -> None:
    """A street that the gazetteer knows."""
    with app.app_context():
        name("Via del Rovo", STREET)


def browser(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


def links(app: Flask, settings: Settings, path: str) -> list[str]:
    with app.app_context():
        texts = "\n".join(plain(mail) for mail in drained(settings) if mail["To"] == SHOP["email"])
    return re.findall(rf"http://localhost:8000(/{path}/\w+)", texts)


def published(app: Flask) -> list[str]:
    with app.app_context():
        return [place.name for place in db.session.query(Place).filter_by(is_published=True)]


@pytest.mark.usefixtures("street")
def test_a_shop_joins(app: Flask, app_settings: Settings) -> None:
    client, operator = browser(app), browser(app)
    enter(app, operator, Grant(Role.OPERATOR))
    assert submit(client, "/join", **SHOP).status_code == 200
    with app.app_context():
        assert db.session.query(Place).count() == 0  # nobody has read our mail yet
    (link,) = links(app, app_settings, "claims")
    assert submit(client, link).status_code == 303
    with app.app_context():
        place = db.session.query(Place).one()
        assert (place.is_published, place.street_address, place.location) == (
            False,
            "via del Rovo 10",
            STREET,
        )
        slug, claim_id = place.slug, db.session.query(PlaceClaim).one().public_id
    assert client.get(f"/places/{slug}").status_code == 404
    desk = operator.get("/desk/claims")
    assert "Merceria Bottone" in desk.text
    yes = hidden_values(desk.text) | {"answer": "yes", "reason": ""}
    assert operator.post(f"/desk/claims/{claim_id}", data=yes).status_code == 303
    assert client.get(f"/places/{slug}").status_code == 200
    invitation = links(app, app_settings, "invitations")[-1]
    assert submit(client, invitation, name="Anna", agrees="y").status_code == 303
    assert "Merceria Bottone" in client.get("/studio").text


@pytest.mark.usefixtures("street")
def test_a_no_leaves_it_off_the_map(app: Flask, app_settings: Settings) -> None:
    client, operator = browser(app), browser(app)
    enter(app, operator, Grant(Role.OPERATOR))
    submit(client, "/join", **SHOP)
    submit(client, links(app, app_settings, "claims")[0])
    with app.app_context():
        claim_id = db.session.query(PlaceClaim).one().public_id
    no = hidden_values(operator.get("/desk/claims").text) | {"answer": "no", "reason": "È chiusa da un anno."}
    assert operator.post(f"/desk/claims/{claim_id}", data=no).status_code == 303
    assert published(app) == []
    with app.app_context():
        assert db.session.query(PlaceClaim).one().status is ClaimStatus.DECLINED


@pytest.mark.usefixtures("street")
def test_a_place_that_we_know_already_is_offered_first(app: Flask) -> None:
    with app.app_context():
        make_place("Merceria del Bottone", location=STREET)
    client = browser(app)
    answer = submit(client, "/join", **SHOP)
    assert answer.status_code == 409
    assert "/places/merceria-del-bottone/claim" in answer.text
    assert "Merceria Bottone" in answer.text
    sure = submit(client, "/join", **SHOP, sure="y")
    assert sure.status_code == 200
    with app.app_context():
        assert db.session.query(OutboxMessage).count() == 1


def test_an_address_that_means_several_spots_is_asked_again(app: Flask) -> None:
    with app.app_context():
        name("Via Romano", STREET)
        name("Via Romagnosi", Point(lon=9.3, lat=45.6))
    client = browser(app)
    asked = SHOP | {"address": "via Roma"}
    answer = submit(client, "/join", **asked)
    assert answer.status_code == 422
    spots = re.findall(r'name="spot"[^>]*value="([\d.,]+)"', answer.text)
    assert len(spots) == 2
    assert submit(client, "/join", **asked, spot="1,1").status_code == 422
    assert submit(client, "/join", **asked, spot=spots[1]).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [{"name": ""}, {"address": ""}, {"address": "via che non c'è"}, {"email": "no"}, {"kind": "palace"}, {"name": "x" * 201}],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(app: Flask, typed: dict[str, str]) -> None:
    answer = submit(browser(app), "/join", **SHOP | typed)
    assert answer.status_code == 422
    assert all(
        text in answer.text for field, text in (SHOP | typed).items() if field != "kind" and "'" not in text
    )
