"""Claims: who proves to be of a place is in at once, others when a manager says so; new places come in the same way."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from shapely import MultiPolygon, box

from app.accounts.commands import SavePerson
from app.accounts.queries import hosts_of
from app.accounts.service import save_person
from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.audit.models import AuditEntry
from app.core.database import db, transaction
from app.core.mail.models import OutboxMessage
from app.places.models import Place, PlaceClaim
from app.places.queries import StaffPlace, staff_place
from app.places.rules.claims import MAX_OPEN, ClaimStatus
from app.places.service import forget_claims
from app.territories.commands import SaveTerritory
from app.territories.queries import by_code
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import make_place
from tests.client import CheckingClient

WORDS = "La libreria è mia."


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    """A bookshop with a site of its own, which nobody looks after."""
    with app.app_context():
        found = staff_place(make_place(website="https://www.libreria.example/", email="ciao@gmail.com"))
    assert found is not None
    return found


def browser(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


@pytest.fixture
def operator(app: Flask) -> CheckingClient:
    client = browser(app)
    enter(app, client, Grant(Role.OPERATOR))
    return client


def ask(app: Flask, place: StaffPlace, email: str, **typed: str) -> int:
    answers = {"name": "Anna", "email": email, "words": WORDS} | typed
    return submit(browser(app), f"/places/{place.slug}/claim", **answers).status_code


def mailed(app: Flask, settings: Settings, to: str, path: str) -> str:
    """The path behind the link of the last mail to somebody."""
    with app.app_context():
        texts = [plain(mail) for mail in drained(settings) if mail["To"] == to]
    found = re.findall(rf"http://localhost:8000(/{path}/\w+)", "\n".join(texts))
    assert found, texts
    return str(found[-1])


def confirmed(app: Flask, settings: Settings, email: str) -> CheckingClient:
    client = browser(app)
    link = mailed(app, settings, email, "claims")
    assert client.get(link).status_code == 200  # a scanner's visit changes nothing
    with app.app_context():
        assert db.session.query(PlaceClaim).filter_by(email=email).one().status is ClaimStatus.UNCONFIRMED
    assert submit(client, link).status_code == 303
    return client


def status(app: Flask, email: str) -> ClaimStatus:
    with app.app_context():
        return db.session.query(PlaceClaim).filter_by(email=email).one().status


def decide(client: CheckingClient, app: Flask, email: str, answer: str, reason: str = "") -> int:
    with app.app_context():
        claim_id = db.session.query(PlaceClaim).filter_by(email=email).one().public_id
    hidden = hidden_values(client.get("/desk/claims").text) or hidden_values(client.get("/studio").text)
    return client.post(
        f"/desk/claims/{claim_id}", data=hidden | {"answer": answer, "reason": reason}
    ).status_code


def hosts(app: Flask, place: StaffPlace) -> list[str]:
    with app.app_context():
        return [host.email for host in hosts_of(place.id)]


def test_an_address_of_the_place_is_in_at_once(app: Flask, app_settings: Settings, place: StaffPlace) -> None:
    assert ask(app, place, "anna@libreria.example") == 200
    client = confirmed(app, app_settings, "anna@libreria.example")
    assert status(app, "anna@libreria.example") is ClaimStatus.SELF_CLAIMED
    link = mailed(app, app_settings, "anna@libreria.example", "invitations")
    assert submit(client, link, name="Anna", agrees="y").status_code == 303
    assert hosts(app, place) == ["anna@libreria.example"]


@pytest.mark.parametrize("email", ["anna@example.org", "anna@gmail.com", "anna@libreria.example.org"])
def test_any_other_address_waits_for_a_manager(
    app: Flask, app_settings: Settings, operator: CheckingClient, place: StaffPlace, email: str
) -> None:
    assert ask(app, place, email) == 200
    confirmed(app, app_settings, email)
    assert status(app, email) is ClaimStatus.WAITING
    assert mailed(app, app_settings, "staff@example.org", "desk").startswith("/desk/claims")
    page = operator.get("/desk/claims").text
    assert WORDS in page
    assert email in page
    assert hosts(app, place) == []
    assert decide(operator, app, email, "no") == 422  # nobody is turned away without a word
    assert decide(operator, app, email, "perhaps", "Non so") == 422
    assert decide(operator, app, email, "yes", "Ci siamo visti ieri.") == 303
    assert decide(operator, app, email, "no", "Ho cambiato idea") == 410
    with app.app_context():
        (mail,) = [plain(one) for one in drained(app_settings) if one["To"] == email][-1:]
    assert "Ci siamo visti ieri." in mail
    found = re.search(r"http://localhost:8000(/invitations/\w+)", mail)
    assert found
    assert submit(browser(app), found[1], name="Anna", agrees="y").status_code == 303
    assert hosts(app, place) == [email]
    with app.app_context():
        notes = db.session.scalars(sa.select(AuditEntry.kind).where(AuditEntry.kind == "claim")).all()
    assert notes == ["claim"]


def test_a_no_ends_what_the_address_gave_and_can_be_taken_back(
    app: Flask, app_settings: Settings, operator: CheckingClient, place: StaffPlace
) -> None:
    email = "ciao@gmail.com"  # the one on the place's page
    ask(app, place, email)
    client = confirmed(app, app_settings, email)
    submit(client, mailed(app, app_settings, email, "invitations"), name="Anna", agrees="y")
    assert client.get(f"/studio/places/{place.public_id}").status_code == 200
    assert decide(operator, app, email, "no", "Non lavora più qui.") == 303
    assert client.get(f"/studio/places/{place.public_id}").status_code == 403
    link = mailed(app, app_settings, email, "claims")
    page = browser(app).get(link).text
    assert 'data-status="declined"' in page
    assert "Non lavora più qui." in page
    assert "Non lavora più qui." in operator.get("/desk/claims").text
    assert decide(operator, app, email, "yes") == 303
    again = mailed(app, app_settings, email, "invitations")
    assert submit(browser(app), again, name="Anna", agrees="y").status_code == 303
    assert hosts(app, place) == [email]


@pytest.mark.parametrize("role", [Role.HOST, Role.MANAGER])
def test_only_managers_of_the_territory_decide(
    app: Flask, app_settings: Settings, place: StaffPlace, role: Role
) -> None:
    ask(app, place, "anna@example.org")
    confirmed(app, app_settings, "anna@example.org")
    with app.app_context():
        elsewhere = SaveTerritory("m-9", TerritoryKind.MUNICIPIO, "9", MultiPolygon([box(1, 1, 2, 2)]))
        list(save_territories([elsewhere]))
        found = by_code("m-9")
    assert found is not None
    client = browser(app)
    own = Grant(role, place_id=place.id) if role is Role.HOST else Grant(role, territory_id=found.id)
    enter(app, client, own)
    desk = client.get("/desk/claims")
    assert desk.status_code == (403 if role is Role.HOST else 200)
    assert "anna@example.org" not in desk.text
    assert decide(client, app, "anna@example.org", "yes") == 403
    assert status(app, "anna@example.org") is ClaimStatus.WAITING


def test_asking_twice_is_asking_once_and_too_many_are_too_many(
    app: Flask, app_settings: Settings, place: StaffPlace
) -> None:
    assert [ask(app, place, "anna@example.org") for _ in range(2)] == [200, 200]
    with app.app_context():
        assert db.session.query(PlaceClaim).count() == 1
        assert db.session.query(OutboxMessage).count() == 1
        with transaction() as session:
            for number in range(MAX_OPEN):
                session.add(
                    PlaceClaim(
                        public_id=f"{number:010}", token_hash=f"{number}", place_id=place.id, email=f"{number}@example.org",
                        name="", words="", language="it", status=ClaimStatus.WAITING, created_at=clock.now(),
                    )
                )  # fmt: skip
    assert ask(app, place, "eva@example.org") == 409
    link = mailed(app, app_settings, "anna@example.org", "claims")
    client = browser(app)
    typed = hidden_values(client.get(link).text)
    assert [client.post(link, data=typed).status_code for _ in range(2)] == [303, 303]
    assert status(app, "anna@example.org") is ClaimStatus.WAITING
    assert client.get(f"{link[:-1]}x").status_code == 404
    assert client.post(link, data={}).status_code == 400  # no token of a form of ours


def test_whoever_looks_after_it_already_is_told_so(
    app: Flask, app_settings: Settings, place: StaffPlace
) -> None:
    with app.app_context():
        save_person(SavePerson("anna@example.org", "Anna", "it", (Grant(Role.HOST, place_id=place.id),)))
    ask(app, place, "anna@example.org")
    client = browser(app)
    answer = submit(client, mailed(app, app_settings, "anna@example.org", "claims"))
    assert answer.status_code == 409
    assert "Ti prendi già cura di questo luogo" in answer.text


@pytest.mark.parametrize(
    "typed",
    [{"email": "no address"}, {"words": ""}, {"name": ""}, {"words": "x" * 601}, {"email": "a@b" * 200}],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    app: Flask, place: StaffPlace, typed: dict[str, str]
) -> None:
    client = browser(app)
    answers = {"name": "Anna Bianchi", "email": "anna@example.org", "words": WORDS} | typed
    answer = submit(client, f"/places/{place.slug}/claim", **answers)
    assert answer.status_code == 422
    for text in answers.values():
        assert text in answer.text


@pytest.mark.parametrize("days", [6, 8])
def test_who_never_read_our_mail_is_forgotten_after_a_week(app: Flask, place: StaffPlace, days: int) -> None:
    ask(app, place, "anna@example.org")
    with app.app_context():
        with clock.frozen(clock.now() + timedelta(days=days)):
            forget_claims()
        assert db.session.query(PlaceClaim).count() == (1 if days < 7 else 0)
        assert db.session.query(Place).count() == 1
