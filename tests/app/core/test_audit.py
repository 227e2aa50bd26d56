"""Who did what: noted in the transaction that does it, chained, proved, forgotten without breaking the chain."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.commands import SavePerson
from app.accounts.service import save_person
from app.cli import wendy
from app.core import clock
from app.core.actor import Grant, Role
from app.core.audit.forgetting import KEEP_DETAILS, forget_details
from app.core.audit.models import AuditDetail, AuditEntry, Verb
from app.core.audit.queries import Deed, Proof, deeds_at, verify
from app.core.database import db, transaction
from app.events import service as events
from app.events.facts import OccurrenceView
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import make_date
from tests.client import CheckingClient


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    with app.app_context():
        return make_date(capacity=8)


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


def deeds(app: Flask, date: OccurrenceView) -> list[Deed]:
    with app.app_context():
        return deeds_at(date.place.id, limit=50)


def proved(app: Flask) -> Proof:
    with app.app_context():
        return verify()


def resize(client: CheckingClient, date: OccurrenceView, places: int) -> None:
    url = f"/studio/occurrences/{date.public_id}/seats"
    assert submit(client, url, capacity=str(places)).status_code == 303


def test_a_deed_says_who_what_and_from_what_to_what(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    before = len(deeds(app, date))  # the role that the host was given
    resize(host, date, 10)
    found = deeds(app, date)
    assert len(found) == before + 1
    newest = found[0]
    assert (newest.kind, newest.verb, newest.object_id) == ("occurrence", Verb.CHANGED, date.public_id)
    assert newest.changes == {"capacity": (8, 10)}
    assert newest.actor
    assert found[-1].verb is Verb.CREATED
    assert found[-1].kind == "role"
    url = f"/studio/occurrences/{date.public_id}/cancel"
    submit(host, url, reason="Il maestro ha la febbre")
    changes = deeds(app, date)[0].changes
    assert changes["status"] == ("scheduled", "cancelled")
    page = host.get(f"/studio/places/{date.place.public_id}/history?lang=en").text
    assert "Rosa" in page
    assert "places" in page
    assert re.search(r"<del><bdi>8</bdi></del> → <ins><bdi>10</bdi></ins>", page)
    assert "Il maestro ha la febbre" in page


def test_what_is_refused_or_changes_nothing_is_not_noted(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    resize(host, date, 10)
    number = len(deeds(app, date))
    resize(host, date, 10)
    submit(host, f"/studio/occurrences/{date.public_id}/seats", capacity="-3")
    assert len(deeds(app, date)) == number
    assert proved(app).broken is None


def test_what_the_machine_does_by_itself_is_not_noted_but_roles_are(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        events.cancel_occurrence(date.public_id)
        assert deeds_at(date.place.id, limit=9) == []
        save_person(SavePerson("anna@example.org", "Anna", "it", (Grant(Role.OPERATOR),)))
        assert verify().number == 1
        save_person(SavePerson("anna@example.org", "Anna", "it", ()))
        entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.kind, entry.verb, entry.actor) == ("role", Verb.REMOVED, "")


def test_others_read_nothing(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    resize(host, date, 10)
    with app.app_context():
        other = make_date()
    stranger = app.test_client()
    assert isinstance(stranger, CheckingClient)
    enter(app, stranger, Grant(Role.HOST, place_id=other.place.id))
    assert stranger.get(f"/studio/places/{date.place.public_id}/history").status_code == 403
    own = stranger.get(f"/studio/places/{other.place.public_id}/history").text
    assert "<ins>" not in own


@pytest.mark.parametrize("what", ["actor", "verb", "changes", "removed", "cut", "swapped"])
def test_whoever_rewrites_the_trail_is_found_out(
    app: Flask, host: CheckingClient, date: OccurrenceView, what: str
) -> None:
    for number in range(9, 14):
        resize(host, date, number)
    runner = app.test_cli_runner()
    good = runner.invoke(wendy, ["audit", "verify"])
    assert (good.exit_code, "chain is whole" in good.output) == (0, True)
    with app.app_context(), transaction() as session:
        keys = list(session.scalars(sa.select(AuditEntry.id).order_by(AuditEntry.id)))
        middle, last = keys[len(keys) // 2], keys[-1]
        if what == "actor":
            session.execute(sa.update(AuditEntry).where(AuditEntry.id == middle).values(actor="0000000000"))
        elif what == "verb":
            session.execute(sa.update(AuditEntry).where(AuditEntry.id == middle).values(verb=Verb.REMOVED))
        elif what == "changes":
            session.execute(sa.update(AuditDetail).where(AuditDetail.entry_id == middle).values(changes="{}"))
        else:
            gone = last if what == "cut" else middle
            session.execute(sa.delete(AuditDetail).where(AuditDetail.entry_id == gone))
            if what == "swapped":
                session.execute(sa.update(AuditEntry).where(AuditEntry.id == middle).values(digest="0" * 64))
            else:
                session.execute(sa.delete(AuditEntry).where(AuditEntry.id == gone))
    bad = runner.invoke(wendy, ["audit", "verify"])
    assert (bad.exit_code, "broken" in bad.output) == (1, True)


def test_details_are_forgotten_and_the_chain_holds(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    resize(host, date, 10)
    number = proved(app).number
    with app.app_context(), clock.frozen(clock.now() + KEEP_DETAILS + timedelta(days=1)):
        forget_details()
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditDetail)) == 0
    assert (proved(app).number, proved(app).broken) == (number, None)
    assert deeds(app, date)[0].changes == {}
    assert host.get(f"/studio/places/{date.place.public_id}/history").status_code == 200


def test_many_at_once_make_one_chain(app: Flask, date: OccurrenceView) -> None:
    browsers = []
    for _ in range(6):
        browser = app.test_client()
        assert isinstance(browser, CheckingClient)
        enter(app, browser, Grant(Role.HOST, place_id=date.place.id))
        url = f"/studio/occurrences/{date.public_id}/seats"
        browsers.append((browser, hidden_values(browser.get(url).text), url))
    before, barrier = proved(app).number, Barrier(6)

    def press(number: int) -> None:
        browser, hidden, url = browsers[number]
        barrier.wait()
        for step in range(4):
            browser.post(url, data=hidden | {"capacity": str(20 + number * 10 + step)})

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(press, range(6)))
    proof = proved(app)
    assert (proof.broken, proof.number) == (None, before + 24)
