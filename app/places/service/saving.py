"""Saving places: by source and id, only what changed, many in one short transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session, scoped_session, selectinload

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.ids import public_id
from app.places.commands import AmenityFact, SavePlace
from app.places.models import Island, Place, PlaceAmenity, PlaceSlug, Professional
from app.places.rules import saving
from app.places.rules.intervals import Interval
from app.places.service.facts import derive, drop_votes, settle
from app.places.service.openings import Hours, opening_rows, replace_rows
from app.places.service.preparing import Due, Key, Prepared, any_of, look_ahead, prepare
from app.places.service.slugs import is_slug_of, take_slug
from app.places.service.territories import assign_points
from app.places.signals import place_saved
from geo.mercator import morton

Status = Literal["new", "changed", "unchanged"]
BATCH = 25  # commands that are prepared together
BATCH_SECONDS = 0.05  # for which a transaction may hold the lock
COPIED = frozenset(field.name for field in fields(SavePlace)) - {
    "amenities",
    "island",
    "professionals",
    "languages",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one command, and the place's public id (empty for a new place of a dry run)."""

    source_id: str
    status: Status
    public_id: str


def save_places(commands: Sequence[SavePlace], *, dry_run: bool = False) -> list[Outcome]:
    """Save all, in order; raises UnusablePlace before anything of that command's batch is written."""
    return list(save_each(commands, dry_run=dry_run))


def save_each(commands: Sequence[SavePlace], *, dry_run: bool = False) -> Iterator[Outcome]:
    """The same, a batch whenever its first outcome is asked for.

    Commits after about 50 ms (one place at least), so that bookings can pass between.
    """
    for start in range(0, len(commands), BATCH):
        batch = prepare(commands[start : start + BATCH])
        yield from _foreseen(batch) if dry_run else _save(batch)


def _foreseen(batch: Sequence[Prepared]) -> list[Outcome]:
    """What saving would do now."""
    return [Outcome(item.key[1], *_status(item)) for item in batch]


def _status(item: Prepared) -> tuple[Status, str]:
    if item.known is None:
        return "new", ""
    return ("changed" if item.is_due else "unchanged"), item.known.public_id


def _save(batch: Sequence[Prepared]) -> list[Outcome]:
    """Only what seems to have changed is locked for, and looked at again inside the transaction."""
    outcomes = _foreseen(batch)
    numbers = [number for number, item in enumerate(batch) if item.is_due]
    due = look_ahead(batch[number] for number in numbers)
    written: list[Outcome] = []
    while len(written) < len(due):
        written += _write_some(due[len(written) :])
    for number, outcome in zip(numbers, written, strict=True):
        outcomes[number] = outcome
    return outcomes


@patiently
def _write_some(due: Sequence[Due]) -> list[Outcome]:
    """One transaction: one place to see how long it takes, then more of them while there is time."""
    outcomes: list[Outcome] = []
    with transaction() as session:
        begun, more = clock.monotonic(), 1
        while more > 0 and len(outcomes) < len(due):
            outcomes += _write(session, due[len(outcomes) : len(outcomes) + more])
            more = _how_many_more(clock.monotonic() - begun, len(outcomes))
    return outcomes


def _how_many_more(seconds: float, written: int) -> int:
    """For half of the time that is left, since some places take longer (they have more events)."""
    left = BATCH_SECONDS - seconds
    pace = max(seconds / written, 1e-6)
    return max(int(left / 2 / pace), int(left > pace))


def _write(session: scoped_session[Session], due: Sequence[Due]) -> list[Outcome]:
    stored = session.scalars(
        sa.select(Place)
        .where(any_of(one.item.key for one in due))
        .options(selectinload(Place.island), selectinload(Place.amenities), selectinload(Place.professionals))
    )
    places = {(place.source, place.source_id): place for place in stored}
    outcomes: list[Outcome] = []
    changed: dict[Key, Due] = {}
    given: set[str] = set()
    for one in due:
        item = one.item
        place = places.get(item.key)
        if place is not None and place.source_fingerprint == item.fingerprint:
            outcomes.append(Outcome(item.key[1], "unchanged", place.public_id))
            continue
        status: Status = "new" if place is None else "changed"
        place = places[item.key] = place or _new_place(session)
        _copy(item, place, given)
        changed[item.key] = one
        outcomes.append(Outcome(item.key[1], status, place.public_id))
    _finish(session, [(places[key], one) for key, one in changed.items()])
    return outcomes


def _new_place(session: scoped_session[Session]) -> Place:
    place = Place(
        public_id=public_id(), created_at=clock.now(), slug="", amenities=[], professionals=[], island=None
    )
    session.add(place)
    return place


def _copy(item: Prepared, place: Place, given: set[str]) -> None:
    """Everything the command says, and what is derived from it."""
    command = item.command
    if not place.slug or not is_slug_of(place.slug, command.name):
        with db.session.no_autoflush:
            place.slug = take_slug(command.name, place.id, given)
    for name in COPIED:
        if name != "opening_hours" or not place.hours_by_people:
            setattr(place, name, getattr(command, name))
    place.languages = list(command.languages)
    place.source_fingerprint, place.updated_at = item.fingerprint, clock.now()
    facts = saving.merged_facts([_fact(row) for row in place.amenities], command.amenities)
    _store_facts(place, facts)
    _store_island(place, command)
    if command.professionals:
        place.professionals = [Professional(**_values(one)) for one in command.professionals]
    place.is_island = place.island is not None
    place.map_cell = morton(command.location)
    derive(place)


def _fact(row: PlaceAmenity) -> AmenityFact:
    return AmenityFact(**{field.name: getattr(row, field.name) for field in fields(AmenityFact)})


def _values(fact: Any) -> dict[str, Any]:
    return {field.name: getattr(fact, field.name) for field in fields(fact)}


def _store_facts(place: Place, facts: list[AmenityFact]) -> None:
    """Rows are changed in place: one amenity may never be there twice, not even inside the transaction."""
    rows = {row.amenity: row for row in place.amenities}
    kept = []
    drop_votes(
        place, [fact for fact in facts if fact.amenity in rows and rows[fact.amenity].state is not fact.state]
    )
    for fact in facts:
        row = rows.get(fact.amenity) or PlaceAmenity()
        settle(row, fact)
        for name, value in _values(fact).items():
            setattr(row, name, value)
        kept.append(row)
    place.amenities = kept


def _store_island(place: Place, command: SavePlace) -> None:
    if command.island is None:
        return
    place.island = place.island or Island()
    for name, value in _values(command.island).items():
        if name != "opening_hours" or not place.hours_by_people:
            setattr(place.island, name, value)


def _finish(session: scoped_session[Session], saved: Sequence[tuple[Place, Due]]) -> None:
    """What needs the places' keys: slugs, territories, opening times; then tell the others."""
    session.flush()
    slugs = {place.slug: place.id for place, _ in saved}
    known = set(session.scalars(sa.select(PlaceSlug.slug).where(PlaceSlug.slug.in_(slugs))))
    new_slugs = [{"slug": slug, "place_id": key} for slug, key in slugs.items() if slug not in known]
    if new_slugs:
        session.execute(sa.insert(PlaceSlug), new_slugs)
    assign_points([(place.id, place.location, one.index, one.territory_ids) for place, one in saved])
    replace_rows({place.id: _openings(place, one) for place, one in saved})
    for place, _ in saved:
        place_saved.send(None, place_id=place.id)


def _openings(place: Place, one: Due) -> Sequence[Interval]:
    """As foreseen, unless somebody changed the hours between."""
    corner = place.island.opening_hours if place.island else ""
    where = (place.tzid, place.country, place.subdivision, place.location)
    hours = Hours.of(place.opening_hours, corner, *where)
    return one.openings if hours == one.hours else opening_rows(hours, clock.now())
