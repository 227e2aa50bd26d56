"""khal, a calendar client that families with a computer use, takes our feed."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.core.local_text import Text
from app.feeds.rules.vevent import Change
from tests.app.feeds.facts import calendar, changed, event

ROME = ZoneInfo("Europe/Rome")
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


@pytest.fixture
def khal(tmp_path):
    """Run khal with a calendar of its own; gives back what it prints."""
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


def test_khal_shows_each_date_with_what_happened_to_it(khal, tmp_path):
    moved_from = datetime(2026, 11, 5, 10, tzinfo=ROME)
    cancelled = datetime(2026, 11, 19, 10, tzinfo=ROME)
    reading = event(
        changed=(
            changed(moved_from, Change.MOVED, to=moved_from + timedelta(days=2, hours=6)),
            changed(cancelled, Change.CANCELLED),
        )
    )
    feed = tmp_path / "network.ics"
    feed.write_bytes(calendar(reading))
    khal("import", "--batch", "-a", "isole", str(feed))
    listed = khal("list", "--format", "{start-long} {title}", "2026-10-01", "70d")
    dates = [line.strip() for line in listed.splitlines() if "Lettura" in line]
    assert dates == [
        "2026-10-08 10:00 Lettura 0-3",
        "2026-10-15 10:00 Lettura 0-3",
        "2026-10-22 10:00 Lettura 0-3",
        "2026-10-29 10:00 Lettura 0-3",
        "2026-11-07 16:00 Nuova data: Lettura 0-3",
        "2026-11-19 10:00 Annullato: Lettura 0-3",
        "2026-11-26 10:00 Lettura 0-3",
    ]


def test_importing_a_newer_feed_replaces_the_older_one(khal, tmp_path):
    feed = tmp_path / "network.ics"
    for title in ("Lettura 0-3", "Lettura 0-3 in giardino"):
        feed.write_bytes(calendar(event(title=Text(title, "it"))))
        khal("import", "--batch", "-a", "isole", str(feed))
    listed = khal("list", "--format", "{title}", "2026-10-08", "1d")
    assert listed.count("Lettura 0-3") == listed.count("in giardino") == 1


def test_khal_reads_arabic_and_hostile_titles(khal, tmp_path):
    titles = ["حكايات بالعربية للأطفال", "x\r\nEND:VEVENT", "%s; , \\n"]
    feed = tmp_path / "network.ics"
    made = [
        event(uid=f"{number}@isole-di-wendy", title=Text(title, "it")) for number, title in enumerate(titles)
    ]
    feed.write_bytes(calendar(*made))
    khal("import", "--batch", "-a", "isole", str(feed))
    listed = khal("list", "--format", "{title}", "2026-10-08", "1d")
    assert "حكايات بالعربية للأطفال" in listed
    assert "x END:VEVENT" in listed
