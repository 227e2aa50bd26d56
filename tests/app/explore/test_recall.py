"""Real names typed with slips are found among the first three, on both engines."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.database import transaction
from app.explore.queries.lookup import find
from app.explore.rules.ranking import Entry, Subject
from app.explore.rules.spelling import words_of
from app.explore.service.indexing import write_words
from tests.app.explore.slips import RULES, queries

FOLDER = Path(__file__).resolve().parents[4] / "shared/data/milano"
needs_data = pytest.mark.skipif(
    not FOLDER.exists(), reason="the real names beside the repository are not on this machine"
)
EACH = 50
LEAST = 0.95


def real_names() -> Iterator[tuple[Subject, str, str]]:
    """Pharmacies with their addresses, streets, metro stops, neighbourhoods."""
    with (FOLDER / "farmacie_milano.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            yield Subject.PLACE, row["DESCRIZIONE_FARMACIA"], f"{row['INDIRIZZO']} {row['CAP']}"
    with (FOLDER / "streets.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            yield Subject.STREET, row["street"], ""
    for stop in json.loads((FOLDER / "metro_stops_ds535.geojson").read_text())["features"]:
        yield Subject.STOP, stop["properties"]["nome"], ""
    for area in json.loads((FOLDER / "nil_simplified.geojson").read_text())["features"]:
        yield Subject.NEIGHBOURHOOD, area["properties"]["nil"], ""


@needs_data
def test_at_least_95_of_100_real_names_typed_with_slips_are_among_the_first_three(app):
    names = list(real_names())
    entries = [
        Entry(
            subject,
            number,
            words_of(name),
            tuple(word for word in words_of(beside) if word not in words_of(name)),
        )
        for number, (subject, name, beside) in enumerate(names)
    ]
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    with app.app_context():
        for subject in Subject:
            some = [entry for entry in entries if entry.subject is subject]
            with transaction():
                write_words(subject, [entry.subject_id for entry in some], some)
        for query in queries(sorted({name for _subject, name, _beside in names}), EACH, seed=2026):
            first = [names[hit.entry.subject_id][1] for hit in find(words_of(query.typed))[:3]]
            asked[query.rule] += 1
            found[query.rule] += any(set(words_of(name)) == set(words_of(query.meant)) for name in first)
    assert asked.total() == EACH * len(RULES)
    assert asked.total() >= 300
    shares = {rule: found[rule] / asked[rule] for rule in asked}
    assert found.total() / asked.total() >= LEAST, shares
    assert min(shares.values()) >= 0.85, shares
