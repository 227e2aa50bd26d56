"""Saving places: by source and id, only what changed, many in one short transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session, scoped_session, selectinload

from app.core import clock
from app.core.database import db, transaction
from app.core.ids import public_id
from app.places.commands import AmenityFact, SavePlace
from app.places.models import Island, Place, PlaceAmenity, PlaceSlug, Professional
from app.places.rules import saving
from app.places.rules.intervals import Interval
from app.places.service.openings import Hours, opening_rows, replace_rows
from app.places.service.slugs import is_slug_of, take_slug
from app.places.service.territories import assign_points
from app.places.signals import place_removed, place_saved
from geo.mercator import morton

Status = Literal["new", "changed", "unchanged"]
Key = tuple[str, str]
BATCH = 25  # about 50 ms of writing
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


@dataclass(frozen=True)
class Prepared:
    """A cleaned command with its fingerprint."""

    command: SavePlace
    fingerprint: str

    @property
    def key(self) -> Key:
        """What makes it the same place the next time."""
        return self.command.source, self.command.source_id


def save_places(commands: Sequence[SavePlace], *, dry_run: bool = False) -> list[Outcome]:
    """Save all, in order; raises UnusablePlace before anything of that command's batch is written."""
    return list(save_each(commands, dry_run=dry_run))


def save_each(commands: Sequence[SavePlace], *, dry_run: bool = False) -> Iterator[Outcome]:
    """The same, a batch whenever its first outcome is asked for."""
    for start in range(0, len(commands), BATCH):
        batch = [_prepare(command) for command in commands[start : start + BATCH]]
        yield from _outcomes(batch) if dry_run else _save(batch)


def remove_place(place_id: int) -> None:
    """Remove a place for good, with everything known of it."""
    with transaction() as session:
        place_removed.send(None, place_id=place_id)
        session.delete(session.get_one(Place, place_id))


def _prepare(command: SavePlace) -> Prepared:
    clean = saving.cleaned(command)
    return Prepared(clean, saving.fingerprint(clean))


def _outcomes(batch: list[Prepared]) -> list[Outcome]:
    """What saving would do now."""
    stored = _stored(batch)
    return [Outcome(item.key[1], *_status(item, stored.get(item.key))) for item in batch]


def _status(item: Prepared, stored: tuple[str, str] | None) -> tuple[Status, str]:
    if stored is None:
        return "new", ""
    return ("unchanged" if stored[1] == item.fingerprint else "changed"), stored[0]


def _stored(batch: Iterable[Prepared]) -> dict[Key, tuple[str, str]]:
    """Public id and fingerprint by key."""
    columns = (Place.source, Place.source_id, Place.public_id, Place.source_fingerprint)
    rows = db.session.execute(sa.select(*columns).where(_any_of(batch)))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def _any_of(batch: Iterable[Prepared]) -> sa.ColumnElement[bool]:
    ids: dict[str, list[str]] = {}
    for item in batch:
        ids.setdefault(item.key[0], []).append(item.key[1])
    return sa.or_(*(sa.and_(Place.source == source, Place.source_id.in_(of)) for source, of in ids.items()))


def _save(batch: list[Prepared]) -> list[Outcome]:
    """Only what seems to have changed is locked for, and looked at again inside the transaction."""
    outcomes = _outcomes(batch)
    due = [item for item, outcome in zip(batch, outcomes, strict=True) if outcome.status != "unchanged"]
    if not due:
        return outcomes
    with transaction() as session:
        written = _write(session, due)
    return [
        written.get(item.key, outcome) if outcome.status != "unchanged" else outcome
        for item, outcome in zip(batch, outcomes, strict=True)
    ]


def _write(session: scoped_session[Session], due: list[Prepared]) -> dict[Key, Outcome]:
    stored = session.scalars(
        sa.select(Place)
        .where(_any_of(due))
        .options(selectinload(Place.island), selectinload(Place.amenities), selectinload(Place.professionals))
    )
    places = {(place.source, place.source_id): place for place in stored}
    outcomes: dict[Key, Outcome] = {}
    given: set[str] = set()
    for item in due:
        place = places.get(item.key)
        if place is not None and place.source_fingerprint == item.fingerprint:
            outcomes[item.key] = Outcome(item.key[1], "unchanged", place.public_id)
            continue
        status: Status = "new" if place is None else "changed"
        place = places[item.key] = place or _new_place(session)
        _copy(item, place, given)
        outcomes[item.key] = Outcome(item.key[1], status, place.public_id)
    _finish(session, [places[key] for key, outcome in outcomes.items() if outcome.status != "unchanged"])
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
        setattr(place, name, getattr(command, name))
    place.languages = list(command.languages)
    place.source_fingerprint, place.updated_at = item.fingerprint, clock.now()
    facts = saving.merged_facts([_fact(row) for row in place.amenities], command.amenities)
    _store_facts(place, facts)
    _store_island(place, command)
    if command.professionals:
        place.professionals = [Professional(**_values(one)) for one in command.professionals]
    place.is_island = place.island is not None
    place.amenity_bits, place.confirmed_on = saving.yes_bits(facts), saving.last_confirmed(facts)
    place.map_cell = morton(command.location)
    place.map_feature = saving.map_feature(place.public_id, place.slug, command, _derived(place))


def _derived(place: Place) -> Mapping[str, Any]:
    return {name: getattr(place, name) for name in ("is_island", "amenity_bits", "confirmed_on")}


def _fact(row: PlaceAmenity) -> AmenityFact:
    return AmenityFact(**{field.name: getattr(row, field.name) for field in fields(AmenityFact)})


def _values(fact: Any) -> dict[str, Any]:
    return {field.name: getattr(fact, field.name) for field in fields(fact)}


def _store_facts(place: Place, facts: list[AmenityFact]) -> None:
    """Rows are changed in place: one amenity may never be there twice, not even inside the transaction."""
    rows = {row.amenity: row for row in place.amenities}
    kept = []
    for fact in facts:
        row = rows.get(fact.amenity) or PlaceAmenity()
        for name, value in _values(fact).items():
            setattr(row, name, value)
        kept.append(row)
    place.amenities = kept


def _store_island(place: Place, command: SavePlace) -> None:
    if command.island is None:
        return
    place.island = place.island or Island()
    for name, value in _values(command.island).items():
        setattr(place.island, name, value)


def _finish(session: scoped_session[Session], places: list[Place]) -> None:
    """What needs the places' keys: slugs, territories, opening times; then tell the others."""
    session.flush()
    known = set(
        session.scalars(sa.select(PlaceSlug.slug).where(PlaceSlug.slug.in_([p.slug for p in places])))
    )
    slugs = [{"slug": place.slug, "place_id": place.id} for place in places if place.slug not in known]
    if slugs:
        session.execute(sa.insert(PlaceSlug), slugs)
    assign_points({place.id: place.location for place in places})
    replace_rows({place.id: _opening_rows(place) for place in places})
    for place in places:
        place_saved.send(None, place_id=place.id)


def _opening_rows(place: Place) -> list[Interval]:
    corner = place.island.opening_hours if place.island else ""
    where = (place.tzid, place.country, place.subdivision, place.location)
    return opening_rows(Hours.of(place.opening_hours, corner, *where), clock.now())
