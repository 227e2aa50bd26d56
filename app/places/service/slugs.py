"""Names in addresses: numbered on collision, kept for ever, never given to another place."""

import re
from itertools import count, islice

import sqlalchemy as sa

from app.core.database import db
from app.core.ids import slugify
from app.places.models import PlaceSlug

_NUMBER = re.compile(r"-\d+\Z")
WINDOW = 40


def is_slug_of(slug: str, name: str) -> bool:
    """Whether a slug, its number apart, is what the name would give.

    >>> is_slug_of("farmacia-brera-2", "Farmacia Brera"), is_slug_of("farmacia-brera", "Farmacia Nuova")
    (True, False)
    """
    return slugify(name) in {slug, _NUMBER.sub("", slug)}


def take_slug(name: str, place_id: int | None, given: set[str]) -> str:
    """A slug for a name that nobody else has or had; `given` are those of this transaction not yet stored."""
    base = slugify(name)
    candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
    while True:
        some = list(islice(candidates, WINDOW))
        taken = _taken(some, place_id) | given
        free = next((slug for slug in some if slug not in taken), None)
        if free is not None:
            given.add(free)
            return free


def _taken(slugs: list[str], place_id: int | None) -> set[str]:
    statement = sa.select(PlaceSlug.slug).where(PlaceSlug.slug.in_(slugs))
    if place_id is not None:
        statement = statement.where(PlaceSlug.place_id != place_id)
    return set(db.session.scalars(statement))
