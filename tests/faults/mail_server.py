"""A real SMTP server on this machine that behaves as badly as a test asks."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from tests.postgres_cluster import free_port

TAKEN = "250 OK"


class MailServer:
    """Counts what reaches it; a test sets how it answers. Every DATA is heard, `kept` are those it promised to keep."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.kept: list[str] = []
        self.to_recipient: Callable[[], str] = lambda: TAKEN
        self.on_data: Callable[[Any], Awaitable[str]] | None = None
        self.on_quit: Callable[[], str] = lambda: "221 Bye"
        self.port = free_port()

    @property
    def url(self) -> str:
        """What MAIL_URL is set to."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """To whom."""
        answer = self.to_recipient()
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # the same
        """The whole letter is here; only the answer is missing."""
        message_id = str(message_from_bytes(envelope.content)["Message-ID"])
        self.heard.append(message_id)
        answer = await self.on_data(server) if self.on_data else TAKEN
        if answer == TAKEN:
            self.kept.append(message_id)
        return answer

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802  # the same
        """The letter was accepted, and the sender has heard so."""
        return self.on_quit()


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Started, and ended with the block."""
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
