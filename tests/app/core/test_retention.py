"""What has had its day goes, a bounded piece of it each day; what is still needed stays."""

import os
from datetime import timedelta

import pytest

from app.accounts import service
from app.accounts.commands import SavePerson
from app.accounts.models import SignInSession, SignInToken
from app.core import clock, jobs, retention
from app.core.database import db, transaction
from app.core.mail.models import OutboxMessage

NOW = clock.now()


@pytest.fixture
def run(app, app_settings):
    """Run the daily jobs of retention at a moment."""

    def work(moment=NOW):
        with clock.frozen(moment):
            for name in ("mail.forget", "accounts.forget"):
                jobs._jobs[name]()

    with app.app_context():
        yield work


def message(number, **times):
    return OutboxMessage(
        public_id=f"{number:010}", kind="greeting", subject_id="x", dedupe_key=f"greeting:{number}",
        created_at=NOW - timedelta(days=90), due_at=NOW, attempts=1, **times,
    )  # fmt: skip


def stored():
    return {int(message.public_id) for message in db.session.query(OutboxMessage)}


def test_sent_and_given_up_mails_go_after_30_days_and_waiting_ones_stay(run):
    recently, long_ago = NOW - timedelta(days=29), NOW - timedelta(days=31)
    with transaction() as session:
        session.add_all(
            [
                message(1, sent_at=long_ago),
                message(2, sent_at=recently),
                message(3, dead_at=long_ago),
                message(4, dead_at=recently),
                message(5),
            ]
        )
    run()
    assert stored() == {2, 4, 5}


def test_copies_of_sent_mails_go_with_them_and_other_files_stay(run, app_settings):
    folder = app_settings.data_dir / "mail"
    folder.mkdir()
    for name, days in (("old.eml", 31), ("half.part", 31), ("new.eml", 29), ("notes.txt", 31)):
        (folder / name).write_text("x")
        written = (NOW - timedelta(days=days)).timestamp()
        os.utime(folder / name, (written, written))
    run()
    assert {path.name for path in folder.iterdir()} == {"new.eml", "notes.txt"}


def test_ended_links_and_sessions_go_and_living_ones_stay(run):
    person = service.save_person(SavePerson("anna@example.org", "Anna"))
    service.make_link("anna@example.org")
    for days in (0, 6, 8, 40):
        with clock.frozen(NOW - timedelta(days=days)):
            service.sign_in_person(person)
            service.make_link("anna@example.org")
    signed_out = db.session.query(SignInSession.token_hash).order_by(SignInSession.id).limit(1).scalar()
    service.sign_out(signed_out)
    run(NOW + timedelta(minutes=1))
    assert db.session.query(SignInSession).count() == 1
    assert db.session.query(SignInToken).count() == 2
    run(NOW + timedelta(days=31))
    assert (db.session.query(SignInSession).count(), db.session.query(SignInToken).count()) == (0, 0)


def test_a_run_is_bounded_and_the_next_one_goes_on(run, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr(retention, "BATCHES", 2)
    with transaction() as session:
        session.add_all([message(number, sent_at=NOW - timedelta(days=31)) for number in range(1, 6)])
    run()
    assert len(stored()) == 1
    run()
    assert stored() == set()


def test_where_nothing_has_ended_nothing_is_written(app, run):
    before = app.extensions["freshness"].version()
    run()
    assert app.extensions["freshness"].version() == before


def test_both_are_daily_jobs(app, app_settings):
    with app.app_context():
        assert {"mail.forget", "accounts.forget"} <= set(jobs.due(app_settings))
