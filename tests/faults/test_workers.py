"""Real workers: killed in the worst moment, or two at once. A letter is sent again under its own Message-ID, or once."""

from datetime import timedelta

from flask import Flask

from app.config import Settings
from app.core.database import db, transaction
from app.core.mail.models import OutboxMessage
from app.core.mail.outbox import CLAIM_LASTS
from tests.faults.families import bookings, families_book, letter
from tests.faults.mail_server import MailServer
from tests.faults.processes import do_daily_jobs, ended, kill, start_worker, wait_for

LETTERS = 40


def unsent(app: Flask) -> int:
    with app.app_context():
        return db.session.query(OutboxMessage).filter(OutboxMessage.sent_at.is_(None)).count()


def let_claims_lapse(app: Flask) -> None:
    """Ten minutes pass."""
    with app.app_context(), transaction() as session:
        for message in session.query(OutboxMessage).filter(OutboxMessage.claimed_at.is_not(None)):
            message.claimed_at -= CLAIM_LASTS + timedelta(seconds=1)


def test_a_worker_killed_between_sending_and_marking_sends_the_same_message_id_again(
    app: Flask, app_settings: Settings, smtp: MailServer
) -> None:
    families_book(app)
    do_daily_jobs(app, app_settings)
    worker = start_worker(app_settings, smtp.url)

    def killed_at_the_goodbye() -> str:
        kill(worker)
        return "221 Bye"

    smtp.on_quit = killed_at_the_goodbye
    with ended(worker):
        wait_for(lambda: worker.poll() is not None)
    assert (len(smtp.kept), letter(app).sent_at) == (1, None)

    smtp.on_quit = lambda: "221 Bye"
    let_claims_lapse(app)
    with ended(start_worker(app_settings, smtp.url)):
        wait_for(lambda: unsent(app) == 0)
    assert smtp.kept == [f"<{letter(app).public_id}@localhost>"] * 2
    assert bookings(app) == 1


def test_two_workers_at_once_send_each_letter_exactly_once(
    app: Flask, app_settings: Settings, smtp: MailServer
) -> None:
    families_book(app, LETTERS)
    do_daily_jobs(app, app_settings)
    with ended(start_worker(app_settings, smtp.url), start_worker(app_settings, smtp.url)):
        wait_for(lambda: unsent(app) == 0)
    assert len(smtp.kept) == len(set(smtp.kept)) == LETTERS


def test_a_worker_told_to_stop_amid_many_letters_finishes_the_one_in_its_hand_and_leaves_the_rest(
    app: Flask, app_settings: Settings, smtp: MailServer
) -> None:
    families_book(app, LETTERS)
    do_daily_jobs(app, app_settings)
    worker = start_worker(app_settings, smtp.url)

    def told_at_the_goodbye() -> str:
        worker.terminate()
        return "221 Bye"

    smtp.on_quit = told_at_the_goodbye
    with ended(worker):
        assert worker.wait(30) == 0
    assert len(smtp.kept) + unsent(app) == LETTERS
    assert 1 <= len(smtp.kept) < LETTERS
