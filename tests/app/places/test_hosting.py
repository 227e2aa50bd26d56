"""Who looks after a place: invited by mail or by a slip, in after agreeing, out again; nobody gets in by guessing."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.queries import hosts_of, person_id_by_email
from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail.models import OutboxMessage
from app.core.tokens import personal_token
from app.places.models import DataAgreement, HostInvitation
from app.places.queries import StaffPlace, staff_place
from app.places.rules.hosting import MAX_OPEN
from app.places.service.hosting import PURPOSE
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import make_place
from tests.client import CheckingClient


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    """A bookshop that nobody looks after."""
    with app.app_context():
        found = staff_place(make_place())
    assert found is not None
    return found


def browser(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


@pytest.fixture
def operator(app: Flask) -> CheckingClient:
    """Somebody above all places."""
    client = browser(app)
    enter(app, client, Grant(Role.OPERATOR))
    return client


def team(place: StaffPlace) -> str:
    return f"/studio/places/{place.public_id}/team"


def links(app: Flask) -> dict[str, str]:
    """The link of each invitation by mail, by its address."""
    with app.app_context():
        rows = db.session.query(HostInvitation).filter(HostInvitation.email != "")
        return {row.email: f"/invitations/{personal_token(PURPOSE, row.public_id, 1)}" for row in rows}


def accept(client: CheckingClient, link: str, name: str = "Anna") -> int:
    return submit(client, link, name=name, agrees="y").status_code


def hosts(app: Flask, place: StaffPlace) -> list[str]:
    with app.app_context():
        return [host.email for host in hosts_of(place.id)]


def test_a_mail_brings_a_host_in(
    app: Flask, app_settings: Settings, operator: CheckingClient, place: StaffPlace
) -> None:
    submit(operator, team(place), email="Anna@Example.org", language="en")
    with app.app_context():
        (mail,) = drained(app_settings)
    assert mail["To"] == "anna@example.org"
    found = re.search(r"http://localhost:8000(/invitations/\w+)", plain(mail))
    assert found
    client = browser(app)
    page = client.get(f"{found[1]}?lang=en").text
    assert "Would you look after this place?" in page
    assert hosts(app, place) == []  # opening a link does nothing
    assert submit(client, found[1], name="Anna").status_code == 422  # without agreeing nobody sees who comes
    assert submit(client, found[1], name="", agrees="y").status_code == 422
    late = browser(app)
    typed = hidden_values(late.get(found[1]).text) | {"name": "Eva", "agrees": "y"}
    answer = submit(client, found[1], name="Anna", agrees="y")
    assert (answer.status_code, answer.location) == (303, "/studio")
    assert client.get(f"/studio/places/{place.public_id}").status_code == 200
    assert hosts(app, place) == ["anna@example.org"]
    with app.app_context():
        assert db.session.query(DataAgreement).one().person_id == person_id_by_email("anna@example.org")
    assert client.get(found[1]).status_code == 410
    assert late.post(found[1], data=typed).status_code == 410
    assert browser(app).get(f"{found[1][:-1]}x").status_code == 404


def test_several_hosts_and_each_hears_of_the_others(
    app: Flask, app_settings: Settings, operator: CheckingClient, place: StaffPlace
) -> None:
    first, second = browser(app), browser(app)
    submit(operator, team(place), email="anna@example.org", language="it")
    accept(first, links(app)["anna@example.org"])
    submit(first, team(place), email="bruno@example.org", language="it")  # a host invites a colleague
    accept(second, links(app)["bruno@example.org"], "Bruno")
    with app.app_context():
        told = [
            mail["To"] for mail in drained(app_settings) if "bruno@example.org ha accettato" in plain(mail)
        ]
    assert told == ["anna@example.org"]
    assert submit(operator, team(place), email="bruno@example.org", language="it").status_code == 409
    own = re.search(r'value="(\w+)">Non me ne prendo', second.get(team(place)).text)
    assert own
    other = re.search(r'name="person" value="(\w+)"', operator.get(team(place)).text)
    assert other
    token = hidden_values(second.get(team(place)).text)["csrf_token"]
    refused = second.post(f"{team(place)}/end", data={"csrf_token": token, "person": other[1]})
    assert refused.status_code == 403  # hosts do not take each other off
    left = second.post(f"{team(place)}/end", data={"csrf_token": token, "person": own[1]})
    assert (left.status_code, hosts(app, place)) == (303, ["anna@example.org"])
    assert second.get(f"/studio/places/{place.public_id}").status_code == 403
    with app.app_context():
        assert [plain(mail) for mail in drained(app_settings) if "non si prende più cura" in plain(mail)]


def test_whoever_is_taken_off_is_out_at_the_next_press_and_told(
    app: Flask, app_settings: Settings, operator: CheckingClient, place: StaffPlace
) -> None:
    client = browser(app)
    submit(operator, team(place), email="anna@example.org", language="it")
    accept(client, links(app)["anna@example.org"])
    with app.app_context():
        drained(app_settings)
    page = operator.get(team(place)).text
    who = re.search(r'name="person" value="(\w+)"', page)
    assert who
    data = {"csrf_token": hidden_values(page)["csrf_token"], "person": who[1]}
    for _ in range(2):  # twice is once
        assert operator.post(f"{team(place)}/end", data=data).status_code == 303
    assert client.get(f"/studio/places/{place.public_id}").status_code == 403
    with app.app_context():
        assert [mail["To"] for mail in drained(app_settings)].count("anna@example.org") == 1


def test_a_slip_of_paper_leads_to_a_mail(
    app: Flask, app_settings: Settings, operator: CheckingClient, place: StaffPlace
) -> None:
    token = hidden_values(operator.get(team(place)).text)["csrf_token"]
    page = operator.post(f"{team(place)}/slip", data={"csrf_token": token}).text
    code = re.findall(r">([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page)[0]
    assert code not in operator.get(team(place)).text  # shown once
    client = browser(app)
    assert submit(client, "/invitations", code="AAAAA-AAAAA", email="anna@example.org").status_code == 410
    assert submit(client, "/invitations", code=code, email="no address").status_code == 422
    typed = code.lower().replace("-", " ").replace("0", "o")
    assert submit(client, "/invitations", code=typed, email="anna@example.org").status_code == 200
    assert submit(client, "/invitations", code=code, email="eva@example.org").status_code == 200
    with app.app_context():
        assert {mail["To"] for mail in drained(app_settings)} == {"anna@example.org", "eva@example.org"}
    accept(client, links(app)["anna@example.org"])
    assert hosts(app, place) == ["anna@example.org"]
    assert submit(browser(app), "/invitations", code=code, email="piero@example.org").status_code == 410


def test_only_managers_and_operators_make_slips(app: Flask, place: StaffPlace) -> None:
    host = browser(app)
    enter(app, host, Grant(Role.HOST, place_id=place.id))
    page = host.get(team(place)).text
    assert "Fai un codice" not in page
    token = hidden_values(page)["csrf_token"]
    assert host.post(f"{team(place)}/slip", data={"csrf_token": token}).status_code == 403


def test_an_invitation_is_taken_back_grows_old_and_is_sent_again(
    app: Flask, operator: CheckingClient, place: StaffPlace
) -> None:
    submit(operator, team(place), email="anna@example.org", language="it")
    submit(operator, team(place), email="anna@example.org", language="it")
    with app.app_context():
        assert db.session.query(HostInvitation).count() == 1
        assert db.session.query(OutboxMessage).count() == 1  # within a minute it is one mail
    link = links(app)["anna@example.org"]
    with clock.frozen(clock.now() + timedelta(days=14, seconds=1)):
        assert browser(app).get(link).status_code == 410
    assert browser(app).get(link).status_code == 200
    page = operator.get(team(place)).text
    asked = re.search(r'name="invitation" value="(\w+)"', page)
    assert asked
    data = {"csrf_token": hidden_values(page)["csrf_token"], "invitation": asked[1]}
    operator.post(f"{team(place)}/withdraw", data=data)
    assert browser(app).get(link).status_code == 410


def test_two_hundred_invitations_at_once_are_bounded(
    app: Flask, operator: CheckingClient, place: StaffPlace
) -> None:
    hidden = hidden_values(operator.get(team(place)).text)
    states = [
        operator.post(
            team(place), data=hidden | {"email": f"f{number}@example.org", "language": "it"}
        ).status_code
        for number in range(60)
    ]
    assert states[: MAX_OPEN + 1] == [303] * MAX_OPEN + [409]
    assert set(states[40:]) == {429}
    assert (
        "f59@example.org"
        in operator.post(team(place), data=hidden | {"email": "f59@example.org", "language": "it"}).text
    )  # what was typed stays


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=1+1", "\u202eanna", "a" * 121, " "])
def test_hostile_names(app: Flask, operator: CheckingClient, place: StaffPlace, name: str) -> None:
    submit(operator, team(place), email="anna@example.org", language="it")
    status = accept(browser(app), links(app)["anna@example.org"], name)
    assert status == (422 if len(name) > 120 or not name.strip() else 303)
    assert operator.get(team(place)).status_code == 200
