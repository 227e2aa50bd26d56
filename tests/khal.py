"""khal, a calendar client that families with a computer use, with a calendar of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

KHAL = Path(sys.executable).parent / "khal"
CONFIGURATION = """
[calendars]
  [[isole]]
    path = {folder}/calendar
[locale]
  local_timezone = Europe/Rome
  default_timezone = Europe/Rome
  timeformat = %H:%M
  dateformat = %Y-%m-%d
  longdateformat = %Y-%m-%d
  datetimeformat = %Y-%m-%d %H:%M
  longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
  path = {folder}/khal.db
"""
Khal = Callable[..., str]


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    """`khal("list", …)` gives back what khal prints."""
    if not KHAL.exists():
        pytest.skip("khal is not installed: deploy/setup.sh dev")
    (tmp_path / "calendar").mkdir()
    configuration = tmp_path / "khal.conf"
    configuration.write_text(CONFIGURATION.format(folder=tmp_path))

    def run(*arguments: str) -> str:
        command = [str(KHAL), "-c", str(configuration), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def subscribe(khal: Khal, folder: Path, feed: bytes) -> None:
    """Take a fetched feed into the calendar, as a synchroniser does at each round."""
    file = folder / "feed.ics"
    file.write_bytes(feed)
    khal("import", "--batch", "-a", "isole", str(file))
