"""Typed words with slips among many names: CPU and wall clock of one lookup, beside how many are found.

Names: the world's towns and Milan's streets from the real data beside the repository (left out without it); each is
asked for by rules that make slips (tests/app/explore/slips.py).
"""

import csv
import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import flask_migrate

from app import create_app
from app.config import Settings
from app.core import statistics
from app.core.database import db, transaction
from app.explore.queries.lookup import find
from app.explore.rules.ranking import Entry, Subject
from app.explore.rules.spelling import words_of
from app.explore.service.indexing import write_words
from bench.results import Result, limit
from tests.app.explore.slips import Query, queries

DATA = Path(__file__).resolve().parents[2] / "shared/data"
KINDS = (
    "Farmacia",
    "Libreria",
    "Caffè",
    "Bottega",
    "Ambulatorio",
    "Consultorio",
    "Biblioteca",
    "Associazione",
    "Spazio",
)
EACH = 50
MOST_MILLISECONDS = 15.0
LEAST_FOUND = 0.95


@dataclass(frozen=True)
class Measured:
    """Of one run: seconds of CPU and of the clock for each query, and the share that was found."""

    cpu: float
    wall: float
    found: float


def search(engine: str, folder: Path, number: int, database_url: str = "") -> list[Result]:
    """Fill an index of so many names and look up misspelt ones; nothing where the data is not there."""
    if not DATA.exists():
        return []
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        data_dir=folder, database_url=database_url, public_url="http://localhost:8000", tiles_url=""
    )
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        names = list(islice(_names(), number))
        _fill(names)
        measured = _measure(names)
        db.session.remove()
        db.engine.dispose()
    what = f"search with slips among {len(names):,} names, {engine}"
    share = f"{measured.found:.1%} in the first 3"
    return [
        limit(f"{what}, CPU", measured.cpu * 1000, MOST_MILLISECONDS, "ms"),
        Result(f"{what}, by the clock", f"{measured.wall * 1000:.3g} ms", share, f"≥ {LEAST_FOUND:.0%}", measured.found >= LEAST_FOUND),
    ]  # fmt: skip


def _names() -> Iterator[str]:
    chance = Random("names")
    with (DATA / "milano/streets.csv").open(encoding="utf-8-sig") as file:
        yield from (row["street"] for row in csv.DictReader(file))
    with gzip.open(DATA / "scale/world_places_58k.csv.gz", "rt", encoding="utf-8") as file:
        towns = [row["name"] for row in csv.DictReader(file)]
    for _round in range(2):
        yield from (f"{chance.choice(KINDS)} {town}" for town in towns)


def _fill(names: list[str]) -> None:
    entries = [Entry(Subject.PLACE, number, words_of(name)) for number, name in enumerate(names)]
    for start in range(0, len(entries), 100):
        with transaction():
            some = entries[start : start + 100]
            write_words(Subject.PLACE, [entry.subject_id for entry in some], some)
    statistics.refresh()


def _measure(names: list[str]) -> Measured:
    asked = list(queries(sorted({name for name in names if name.isascii()}), EACH, seed=1))
    cpu, wall = time.process_time(), time.perf_counter()
    answers = [[names[hit.entry.subject_id] for hit in find(words_of(query.typed))[:3]] for query in asked]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    found = sum(_is_among(query, first) for query, first in zip(asked, answers, strict=True))
    return Measured(cpu / len(asked), wall / len(asked), found / len(asked))


def _is_among(query: Query, first: list[str]) -> bool:
    return any(set(words_of(name)) == set(words_of(query.meant)) for name in first)
