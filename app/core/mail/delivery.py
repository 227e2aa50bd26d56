"""From outbox to the world: renderers by kind, and transports (files in the demo, SMTP elsewhere)."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from jinja2 import TemplateError

from app.config import Settings
from app.core.errors import ApplicationError
from app.core.mail import outbox
from app.core.mail.message import Mail, to_email
from app.core.mail.models import OutboxMessage

SMTP_TIMEOUT_SECONDS = 20
# What a server, a template or stored text can do wrong: one bad message never stops the others.
FAULTS = (
    OSError, smtplib.SMTPException, ApplicationError, TemplateError, ValueError, LookupError, TypeError, AttributeError
)  # fmt: skip
Renderer = Callable[[str], Mail | None]
_renderers: dict[str, Renderer] = {}


class Transport(Protocol):
    """Hands a message to the world, or raises OSError or smtplib.SMTPException."""

    def send(self, email: EmailMessage) -> None:
        """Hand over one message."""


def renders(kind: str) -> Callable[[Renderer], Renderer]:
    """Register how a kind of message is written; None means there is nothing to say any more."""

    def register(renderer: Renderer) -> Renderer:
        _renderers[kind] = renderer
        return renderer

    return register


class FileTransport:
    """Writes .eml files, whole or not at all; /demo/mail shows them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, email: EmailMessage) -> None:
        """Write beside, then rename; the name comes from the Message-ID, so a repeat overwrites itself."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = str(email["Message-ID"]).strip("<>").split("@")[0]
        partial = self._folder / f"{name}.part"
        partial.write_bytes(email.as_bytes())
        partial.replace(self._folder / f"{name}.eml")


class SmtpTransport:
    """One connection a message: smtp://user:password@host:port, smtps://, or smtp+starttls://."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    def send(self, email: EmailMessage) -> None:
        """Deliver to the configured server."""
        parts = self._parts
        host, port = parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 25)
        tls = ssl.create_default_context()
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, port, timeout=SMTP_TIMEOUT_SECONDS, context=tls)
        else:
            server = smtplib.SMTP(host, port, timeout=SMTP_TIMEOUT_SECONDS)
        with closing(server):
            if parts.scheme == "smtp+starttls":
                server.starttls(context=tls)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(email)
            # It is accepted by now: a server that answers the goodbye badly must not make us send it again.
            with suppress(smtplib.SMTPException):
                server.quit()


def transport_for(settings: Settings) -> Transport:
    """Files while no MAIL_URL is set (the demo), SMTP otherwise."""
    return (
        SmtpTransport(settings.mail_url) if settings.mail_url else FileTransport(settings.data_dir / "mail")
    )


def drain(
    settings: Settings, transport: Transport | None = None, *, is_over: Callable[[], bool] = lambda: False
) -> int:
    """Send everything that is due; returns how many messages left. Claim and commit, send, mark and commit.

    `is_over` is asked between two messages: a worker that is told to stop leaves the rest for the next one.
    """
    chosen = transport or transport_for(settings)
    sent = 0
    while not is_over() and outbox.has_due() and (message := outbox.claim()) is not None:
        sent += _deliver(message, settings, chosen)
    return sent


def render(message: OutboxMessage) -> Mail | None:
    """Write a message from what is true now; None means there is nothing to say any more. Raises one of FAULTS."""
    return _renderers[message.kind](message.subject_id)


def _deliver(message: OutboxMessage, settings: Settings, transport: Transport) -> int:
    host = urlsplit(settings.base_url).hostname
    try:
        mail = render(message)
        if mail is not None:
            email = to_email(mail, sender=settings.sender, message_id=f"<{message.public_id}@{host}>")
            transport.send(email)
    except FAULTS as error:
        outbox.mark_failed(message.id, type(error).__name__)
        return 0
    outbox.mark_sent(message.id)
    return 1
