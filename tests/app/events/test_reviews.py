"""Who is in by their own address alone publishes after a manager has looked; everybody else at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from shapely import MultiPolygon, box

from app.accounts.commands import SavePerson
from app.accounts.service import save_person, sign_in_person
from app.accounts.session_cookie import cookie_name
from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail.models import OutboxMessage
from app.events.models import Event, EventReview
from app.events.rules.reviews import ReviewStatus
from app.events.service import tell_managers
from app.places.commands import ClaimPlace
from app.places.models import PlaceClaim
from app.places.queries import StaffPlace, staff_place
from app.places.service import claim_place, claim_token, confirm_claim
from app.territories.commands import SaveTerritory
from app.territories.queries import by_code
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import in_days, make_event, make_place
from tests.client import CheckingClient

OWN = "staff@example.org"  # the address that `enter` signs in


def browser(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    """A place that its people claimed with the address of the place."""
    with app.app_context():
        found = staff_place(make_place(email=OWN))
        assert found is not None
        claim_place(found.id, ClaimPlace(OWN, "Rosa", "È mia.", "it"))
        claim = db.session.query(PlaceClaim).one()
        assert confirm_claim(claim_token(claim.public_id), app.extensions["settings"])
    return found


@pytest.fixture
def host(app: Flask, place: StaffPlace) -> CheckingClient:
    client = browser(app)
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    return client


@pytest.fixture
def operator(app: Flask) -> CheckingClient:
    """Another person than the host."""
    client = browser(app)
    with app.app_context():
        person_id = save_person(SavePerson("op@example.org", "Olga", "it", (Grant(Role.OPERATOR),)))
        token = sign_in_person(person_id)
        name = cookie_name(app.extensions["settings"])
    client.set_cookie(name, token)
    return client


def reading(**changes: str) -> dict[str, str]:
    first = in_days(5).date()
    values = {
        "title": "Fiabe",
        "day": first.isoformat(),
        "hour": "17:00",
        "kind": "reading",
        "minutes": "60",
        "repeat": "once",
    }
    return values | changes


def publish(client: CheckingClient, place: StaffPlace, **changes: str) -> None:
    assert (
        submit(client, f"/studio/places/{place.public_id}/events/new", **reading(**changes)).status_code
        == 303
    )


def event(app: Flask) -> tuple[str, bool, ReviewStatus | None]:
    with app.app_context():
        one = db.session.query(Event).one()
        review = db.session.get(EventReview, one.id)
        return one.public_id, one.is_published, review.status if review else None


def decide(client: CheckingClient, event_id: str, answer: str, reason: str = "") -> int:
    hidden = hidden_values(client.get("/desk/events").text) or hidden_values(client.get("/studio").text)
    return client.post(
        f"/desk/events/{event_id}", data=hidden | {"answer": answer, "reason": reason}
    ).status_code


def letters(app: Flask, settings: Settings) -> list[str]:
    """What the host was written."""
    with app.app_context():
        return [plain(mail) for mail in drained(settings) if mail["To"] == OWN]


def test_a_manager_looks_first(
    app: Flask, app_settings: Settings, host: CheckingClient, operator: CheckingClient, place: StaffPlace
) -> None:
    publish(host, place)
    event_id, is_published, status = event(app)
    assert (is_published, status) == (False, ReviewStatus.WAITING)
    assert "prima lo guarda qualcuno" in host.get(f"/studio/places/{place.public_id}").text
    assert "Fiabe" not in browser(app).get("/events").text
    assert "Fiabe" in operator.get("/desk/events").text
    assert operator.get(f"/studio/events/{event_id}/preview").status_code == 200
    assert decide(operator, event_id, "no") == 422
    assert decide(operator, event_id, "no", "Manca l'età.") == 303
    told = letters(app, app_settings)
    assert "Manca l&#39;età." in host.get(f"/studio/events/{event_id}").text
    assert submit(host, f"/studio/events/{event_id}", **reading(title="Fiabe 0-3")).status_code == 303
    assert event(app)[1:] == (False, ReviewStatus.WAITING)
    assert decide(operator, event_id, "yes") == 303
    assert decide(operator, event_id, "no", "Ho cambiato idea") == 409
    assert event(app)[1:] == (True, ReviewStatus.APPROVED)
    assert "Fiabe 0-3" in browser(app).get("/events").text
    told += letters(app, app_settings)
    assert any("Manca l'età." in mail for mail in told)
    assert any("è in programma" in mail for mail in told)


def test_sent_back_it_may_be_published_after_all(
    app: Flask, host: CheckingClient, operator: CheckingClient, place: StaffPlace
) -> None:
    publish(host, place)
    event_id = event(app)[0]
    assert decide(operator, event_id, "no", "Non so.") == 303
    assert "Pubblica lo stesso" in operator.get("/desk/events").text
    assert decide(operator, event_id, "yes") == 303
    assert event(app)[1:] == (True, ReviewStatus.APPROVED)


def test_hosts_do_not_decide_for_themselves(app: Flask, host: CheckingClient, place: StaffPlace) -> None:
    publish(host, place)
    event_id = event(app)[0]
    assert host.get("/desk/events").status_code == 403
    assert decide(host, event_id, "yes") == 403
    assert event(app)[1] is False


def test_whoever_was_let_in_publishes_at_once(
    app: Flask, host: CheckingClient, operator: CheckingClient, place: StaffPlace
) -> None:
    with app.app_context():
        claim_id = db.session.query(PlaceClaim).one().public_id
    hidden = hidden_values(operator.get("/desk/claims").text)
    assert (
        operator.post(f"/desk/claims/{claim_id}", data=hidden | {"answer": "yes", "reason": ""}).status_code
        == 303
    )
    publish(host, place)
    assert event(app)[1:] == (True, None)


def test_a_setting_lets_everybody_publish_at_once(
    app: Flask, host: CheckingClient, place: StaffPlace
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], review_self_claimed=0)
    publish(host, place)
    assert event(app)[1:] == (True, None)


def test_a_draft_asks_nobody(app: Flask, host: CheckingClient, place: StaffPlace) -> None:
    publish(host, place, draft="1")
    assert event(app)[1:] == (False, None)


def test_managers_hear_once_a_day_what_is_new(app: Flask, app_settings: Settings) -> None:
    with app.app_context():
        save_territories_here()
        found = by_code("m-8")
        assert found is not None
        save_person(
            SavePerson("marta@example.org", "Marta", "it", (Grant(Role.MANAGER, territory_id=found.id),))
        )
        tell_managers()
        assert db.session.query(OutboxMessage).count() == 0
        make_event(make_place(), source_key="form:x")
        make_event(make_place("Altrove"), source_key="ics:x")  # imported
        tell_managers()
        tell_managers()
        texts = [plain(mail) for mail in drained(app_settings) if mail["To"] == "marta@example.org"]
        assert len(texts) == 1
        assert "La Lucciola" in texts[0]
        assert "Altrove" not in texts[0]
        with clock.frozen(clock.now() + timedelta(days=3)):
            tell_managers()
        assert db.session.query(OutboxMessage).filter_by(kind="events_new").count() <= 1


def save_territories_here() -> None:
    area = SaveTerritory("m-8", TerritoryKind.MUNICIPIO, "8", MultiPolygon([box(9, 45, 10, 46)]))
    list(save_territories([area]))
