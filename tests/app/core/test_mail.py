"""The outbox: each message once, to a real server, whatever happens in between."""

import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from app.core import clock
from app.core.database import db, transaction
from app.core.mail import delivery, outbox
from app.core.mail.message import Attachment, Mail, to_email
from app.core.mail.models import OutboxMessage


class Inbox(Message):
    """Keeps what the server accepted."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def handle_message(self, message):
        """Keep one."""
        self.messages.append(message)


@pytest.fixture
def smtp():
    """A real SMTP server on a free port of this machine."""
    inbox = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield inbox, port
    finally:
        controller.stop()


@pytest.fixture
def greeting():
    """A kind of message for these tests."""

    @delivery.renders("greeting")
    def render(subject_id):
        return Mail(
            to="ada@example.org", subject=f"Ciao {subject_id}", text="Benvenuta – أهلا\n", html="<p>Ciao</p>"
        )

    yield
    del delivery._renderers["greeting"]


def put(app, subject="1", key="greeting:1"):
    """Put one greeting into the outbox."""
    with app.app_context(), transaction():
        outbox.put("greeting", subject, dedupe_key=key)


def test_a_message_reaches_a_real_server_once(app, app_settings, smtp, greeting):
    inbox, port = smtp
    transport = delivery.SmtpTransport(f"smtp://127.0.0.1:{port}")
    put(app)
    put(app)
    with app.app_context():
        assert delivery.drain(app_settings, transport) == 1
        assert delivery.drain(app_settings, transport) == 0
    assert [message["Subject"] for message in inbox.messages] == ["Ciao 1"]
    assert inbox.messages[0]["Message-ID"].endswith("@localhost>")


def test_a_server_that_is_down_means_later_not_never(app, app_settings, smtp, greeting):
    inbox, port = smtp
    put(app)
    with app.app_context():
        assert delivery.drain(app_settings, delivery.SmtpTransport("smtp://127.0.0.1:9")) == 0
        waiting = db.session.query(OutboxMessage).one()
        assert (waiting.attempts, waiting.sent_at) == (1, None)
        due_at = waiting.due_at
        db.session.rollback()
        with clock.frozen(due_at):
            assert delivery.drain(app_settings, delivery.SmtpTransport(f"smtp://127.0.0.1:{port}")) == 1
    assert len(inbox.messages) == 1


def test_after_eight_tries_a_message_is_dead_and_stays_visible(app, app_settings, greeting):
    put(app)
    nowhere = delivery.SmtpTransport("smtp://127.0.0.1:9")
    with app.app_context():
        for _ in range(outbox.MAX_ATTEMPTS):
            due_at = db.session.query(OutboxMessage).one().due_at
            db.session.rollback()
            with clock.frozen(due_at):
                delivery.drain(app_settings, nowhere)
        message = db.session.query(OutboxMessage).one()
        assert message.dead_at is not None
        assert message.last_error == "ConnectionRefusedError"


def test_two_workers_never_claim_the_same_message(app, greeting):
    put(app)
    with app.app_context():
        assert outbox.claim() is not None
        assert outbox.claim() is None


def test_an_idle_worker_writes_nothing(app, app_settings):
    with app.app_context():
        before = app.extensions["freshness"].version()
        delivery.drain(app_settings)
        assert app.extensions["freshness"].version() == before


def test_in_the_demo_mail_becomes_a_file(app, app_settings, greeting):
    put(app)
    with app.app_context():
        delivery.drain(app_settings)
    (file,) = (app_settings.data_dir / "mail").glob("*.eml")
    assert b"Subject: Ciao 1" in file.read_bytes()


def test_a_subject_cannot_smuggle_a_header():
    mail = Mail(to="a@example.org", subject="Ciao\r\nBcc: b@example.org", text="x")
    email = to_email(mail, sender="Isole <i@example.org>", message_id="<1@example.org>")
    assert email["Bcc"] is None


def test_an_invitation_is_a_real_attachment():
    calendar = Attachment(
        "invite.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    )
    mail = Mail(to="a@example.org", subject="x", text="x", attachments=(calendar,))
    email = to_email(mail, sender="Isole <i@example.org>", message_id="<1@example.org>")
    (part,) = email.iter_attachments()
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.startswith(b"BEGIN:VCALENDAR")
