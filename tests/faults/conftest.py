"""Fixtures of the fault tests."""

from collections.abc import Iterator

import pytest

from tests.faults.mail_server import MailServer, mail_server


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    """A mail server that works until the test says otherwise."""
    with mail_server() as server:
        yield server
