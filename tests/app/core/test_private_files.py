"""Nobody else on the machine reads the key, the database or a mail."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.mail.delivery import FileTransport
from app.core.mail.message import Mail, to_email
from app.core.private_files import keep_private
from tests import engines


@pytest.fixture(autouse=True)
def permissive() -> Iterator[None]:
    """Begin as most machines do: what is written may be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("exists", [False, True])
def test_the_data_folder_and_what_is_written_in_it_are_closed_to_others(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "data"
    if exists:
        folder.mkdir(mode=0o755)
    settings = engines.settings_for(folder, f"sqlite:///{folder / 'wendy.db'}")
    engines.migrate(settings)
    email = to_email(Mail("a@example.org", "x", "y"), sender="b@example.org", message_id="<m@x>")
    FileTransport(folder / "mail").send(email)
    assert mode(folder) == 0o700
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert {"wendy.db", "secret.key", "m.eml"} <= {path.name for path in written}
    assert {path.name: oct(mode(path)) for path in written if mode(path) & 0o077} == {}


def test_a_folder_that_many_share_stays_theirs(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    keep_private(shared)
    assert mode(shared) == 0o777
