"""Parents propose activities; the people of the place make events of them, or say why not."""

from datetime import timedelta

import pytest
from flask import Flask

from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.events.models import Event, EventProposal
from app.events.rules.proposals import ProposalStatus
from app.events.rules.vocabulary import ProposedBy
from app.events.service import forget_proposals
from app.places.queries import StaffPlace, staff_place
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import all_dates, in_days, make_place
from tests.client import CheckingClient

IDEA = {
    "title": "Ora di ninne nanne", "words": "Per chi ha meno di un anno, il sabato mattina.", "proposer": "Sara",
    "email": "sara@example.org",
}  # fmt: skip


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    with app.app_context():
        found = staff_place(make_place())
    assert found is not None
    return found


@pytest.fixture
def host(app: Flask, place: StaffPlace) -> CheckingClient:
    """Somebody who looks after the place."""
    client = browser(app)
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    return client


def browser(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


def propose(app: Flask, place: StaffPlace, **changes: str) -> str:
    """The address of the proposal's own page."""
    answer = submit(browser(app), f"/places/{place.slug}/propose", **IDEA | changes)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def stored(app: Flask) -> EventProposal:
    with app.app_context():
        return db.session.query(EventProposal).one()


def dated(**changes: str) -> dict[str, str]:
    """What a host adds to a proposal."""
    first = in_days(5).date()
    return {
        "day": first.isoformat(),
        "hour": "10:00",
        "minutes": "60",
        "kind": "meeting",
        "repeat": "once",
    } | changes


def desk(place: StaffPlace) -> str:
    return f"/studio/places/{place.public_id}/proposals"


def mails(app: Flask, settings: Settings, to: str) -> list[str]:
    with app.app_context():
        return [plain(mail) for mail in drained(settings) if mail["To"] == to]


def test_a_parent_proposes_and_the_host_takes_it_up(
    app: Flask, app_settings: Settings, host: CheckingClient, place: StaffPlace
) -> None:
    page = propose(app, place)
    assert 'data-status="waiting"' in browser(app).get(page).text
    assert any("Ora di ninne nanne" in mail for mail in mails(app, app_settings, "staff@example.org"))
    listed = host.get(desk(place)).text
    assert "Per chi ha meno di un anno" in listed
    assert IDEA["email"] not in listed  # nobody at the place sees it
    form = f"{desk(place)}/{stored(app).public_id}"
    shown = host.get(form).text
    assert 'value="Ora di ninne nanne"' in shown
    answer = host.post(form, data=hidden_values(shown) | dated(title="Ninne nanne", proposer="Sara"))
    assert answer.status_code == 303
    with app.app_context():
        (date,) = all_dates()
        event = db.session.query(Event).one()
        assert (event.proposed_by, event.proposer, event.is_published) == (ProposedBy.RESIDENTS, "Sara", True)
    own = browser(app).get(page).text
    assert 'data-status="accepted"' in own
    assert f"/events/{event.slug}" in own
    assert any("accoglie la tua proposta" in mail for mail in mails(app, app_settings, IDEA["email"]))
    public = browser(app).get(f"/occurrences/{date.public_id}").text
    assert "Sara" in public
    again = host.post(form, data=hidden_values(shown) | dated(title="Ninne nanne", proposer="Sara"))
    assert again.status_code == 303  # pressed twice it is one event
    with app.app_context():
        assert db.session.query(Event).count() == 1


def test_the_host_says_why_not_and_may_think_again(
    app: Flask, app_settings: Settings, host: CheckingClient, place: StaffPlace
) -> None:
    page = propose(app, place)
    own_id = stored(app).public_id
    token = hidden_values(host.get(desk(place)).text)
    assert host.post(f"{desk(place)}/{own_id}/no", data=token | {"words": ""}).status_code == 422
    answers = token | {"words": "Il sabato siamo pieni."}
    assert [host.post(f"{desk(place)}/{own_id}/no", data=answers).status_code for _ in range(2)] == [303, 303]
    assert "Il sabato siamo pieni." in browser(app).get(page).text
    written = mails(app, app_settings, IDEA["email"])
    assert len([mail for mail in written if "Il sabato siamo pieni." in mail]) == 1
    form = f"{desk(place)}/{own_id}"
    assert submit(host, form, **dated(title="Ninne nanne")).status_code == 303
    assert host.post(f"{desk(place)}/{own_id}/no", data=answers).status_code == 409
    assert stored(app).status is ProposalStatus.ACCEPTED


def test_the_same_press_twice_is_one_proposal(app: Flask, place: StaffPlace) -> None:
    client = browser(app)
    typed = hidden_values(client.get(f"/places/{place.slug}/propose").text) | IDEA
    where = [client.post(f"/places/{place.slug}/propose", data=typed).location for _ in range(2)]
    assert where[0] == where[1]
    assert stored(app).title == IDEA["title"]


def test_only_its_people_answer(app: Flask, host: CheckingClient, place: StaffPlace) -> None:
    propose(app, place)
    with app.app_context():
        other = staff_place(make_place("Altrove"))
    assert other is not None
    elsewhere = browser(app)
    enter(app, elsewhere, Grant(Role.HOST, place_id=other.id))
    own_id = stored(app).public_id
    assert elsewhere.get(desk(place)).status_code == 403
    assert elsewhere.get(f"{desk(other)}/{own_id}").status_code == 404
    assert browser(app).get(f"/proposals/{own_id}").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [{"title": ""}, {"words": ""}, {"title": "x" * 161}, {"words": "x" * 1001}, {"email": "no"}, {"proposer": "x" * 121}],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(
    app: Flask, place: StaffPlace, typed: dict[str, str]
) -> None:
    answer = submit(browser(app), f"/places/{place.slug}/propose", **IDEA | typed)
    assert answer.status_code == 422
    assert all(text in answer.text for text in (IDEA | typed).values())


@pytest.mark.parametrize(("days", "keeps"), [(89, (True, True)), (91, (True, False)), (366, (False, False))])
def test_addresses_go_after_90_days_and_proposals_after_a_year(
    app: Flask, place: StaffPlace, days: int, keeps: tuple[bool, bool]
) -> None:
    propose(app, place)
    with app.app_context():
        with clock.frozen(clock.now() + timedelta(days=days)):
            forget_proposals()
        kept = db.session.query(EventProposal).one_or_none()
        assert (kept is not None, bool(kept and kept.email)) == keeps


def test_hostile_words_stay_words(app: Flask, host: CheckingClient, place: StaffPlace) -> None:
    page = propose(app, place, title="<script>alert(1)</script>", words="${7*7}\r\nBcc: x@example.org")
    for text in (host.get(desk(place)).text, browser(app).get(page).text):
        assert "<script>alert" not in text
        assert "${7*7}" in text
