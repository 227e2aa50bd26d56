"""khal, a calendar client that families with a computer use, takes our feed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.local_text import Text
from app.feeds.rules.vevent import Change
from tests.app.feeds.facts import calendar, changed, event
from tests.khal import khal, subscribe

__all__ = ["khal"]
ROME = ZoneInfo("Europe/Rome")


def test_khal_shows_each_date_with_what_happened_to_it(khal, tmp_path):
    moved_from = datetime(2026, 11, 5, 10, tzinfo=ROME)
    cancelled = datetime(2026, 11, 19, 10, tzinfo=ROME)
    reading = event(
        changed=(
            changed(moved_from, Change.MOVED, to=moved_from + timedelta(days=2, hours=6)),
            changed(cancelled, Change.CANCELLED),
        )
    )
    subscribe(khal, tmp_path, calendar(reading))
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
    for title in ("Lettura 0-3", "Lettura 0-3 in giardino"):
        subscribe(khal, tmp_path, calendar(event(title=Text(title, "it"))))
    listed = khal("list", "--format", "{title}", "2026-10-08", "1d")
    assert listed.count("Lettura 0-3") == listed.count("in giardino") == 1


def test_khal_reads_arabic_and_hostile_titles(khal, tmp_path):
    titles = ["حكايات بالعربية للأطفال", "x\r\nEND:VEVENT", "%s; , \\n"]
    made = [
        event(uid=f"{number}@isole-di-wendy", title=Text(title, "it")) for number, title in enumerate(titles)
    ]
    subscribe(khal, tmp_path, calendar(*made))
    listed = khal("list", "--format", "{title}", "2026-10-08", "1d")
    assert "حكايات بالعربية للأطفال" in listed
    assert "x END:VEVENT" in listed
