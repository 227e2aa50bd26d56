"""Questions about claims: who says that a place is theirs, and what waits for a manager."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from rapidfuzz import fuzz

from app.core.database import db
from app.core.local_text import Text
from app.core.text import fold
from app.core.tokens import token_hash
from app.places.models import Place, PlaceClaim, PlaceTerritory
from app.places.rules.claims import LIKE_ENOUGH, LIKE_METRES, OPEN, ClaimStatus
from geo.bbox import BBox
from geo.point import Point
from geo.queries import in_bbox

MOST = 100  # of those that wait
MOST_DECIDED = 20


@dataclass(frozen=True)
class ClaimView:
    """One claim as those see it who sent it, and who decide; `place_public_id` is "" before a new place is made."""

    public_id: str
    status: ClaimStatus
    place_id: int | None
    place_public_id: str
    place_slug: str
    place_name: Text
    street_address: str
    is_new_place: bool
    email: str
    name: str
    words: str
    language: str
    is_proven: bool
    reason: Text
    created_at: datetime
    tzid: str
    is_demo: bool


@dataclass(frozen=True)
class LikePlace:
    """A place nearby that may be the one that somebody describes."""

    slug: str
    name: Text
    street_address: str


def claim_by_token(token: str) -> ClaimView | None:
    """The one that a mailed link opens."""
    return next(iter(_views(PlaceClaim.token_hash == token_hash(token), limit=1)), None)


def claim_by_public_id(public_id: str) -> ClaimView | None:
    """One of the desk, or the one that a waiting mail speaks of."""
    return next(iter(_views(PlaceClaim.public_id == public_id, limit=1)), None)


def waiting_claims(territory_ids: Collection[int] | None) -> list[ClaimView]:
    """Those that nobody has decided in these territories (None: everywhere), the oldest first; at most 100."""
    return _views(PlaceClaim.status.in_(OPEN), *_inside(territory_ids), limit=MOST)


def declined_claims(territory_ids: Collection[int] | None) -> list[ClaimView]:
    """The last that were declined there, which may still be taken in after all."""
    declined = PlaceClaim.status == ClaimStatus.DECLINED
    return _views(declined, *_inside(territory_ids), limit=MOST_DECIDED, order=PlaceClaim.decided_at.desc())


def is_only_self_claimed(place_id: int, email: str) -> bool:
    """Whether this person is in on the word of their own address alone: no manager has looked yet."""
    own = (PlaceClaim.place_id == place_id, PlaceClaim.email == email)
    claimed = sa.select(PlaceClaim.id).where(*own, PlaceClaim.status == ClaimStatus.SELF_CLAIMED)
    return db.session.scalar(claimed.limit(1)) is not None


def like_places(name: str, location: Point) -> list[LikePlace]:
    """Published places next to this point with a name like this one; the catalogue may hold it already."""
    columns = (Place.slug, Place.name, Place.name_language, Place.street_address)
    near = in_bbox(Place.location, BBox.around(location, LIKE_METRES))
    rows = db.session.execute(sa.select(*columns).where(Place.is_published, near).limit(MOST))
    return [
        LikePlace(row.slug, Text(row.name, row.name_language), row.street_address)
        for row in rows
        if fuzz.token_set_ratio(fold(name), fold(row.name)) >= LIKE_ENOUGH
    ]


def _inside(territory_ids: Collection[int] | None) -> list[sa.ColumnElement[bool]]:
    if territory_ids is None:
        return []
    lies_in = sa.select(PlaceTerritory.place_id).where(PlaceTerritory.territory_id.in_(territory_ids))
    return [PlaceClaim.place_id.in_(lies_in)]


def _views(
    *conditions: sa.ColumnElement[bool], limit: int, order: sa.ColumnElement[datetime | None] | None = None
) -> list[ClaimView]:
    query = sa.select(PlaceClaim, Place).outerjoin(Place, Place.id == PlaceClaim.place_id).where(*conditions)
    rows = db.session.execute(
        query.order_by(PlaceClaim.created_at if order is None else order, PlaceClaim.id).limit(limit)
    )
    return [_view(claim, place) for claim, place in rows]


def _view(claim: PlaceClaim, place: Place | None) -> ClaimView:
    proposed = claim.proposed or {}
    name = Text(place.name, place.name_language) if place else Text(proposed["name"], claim.language)
    return ClaimView(
        claim.public_id, claim.status, claim.place_id, place.public_id if place else "", place.slug if place else "",
        name, place.street_address if place else proposed["street_address"], claim.proposed is not None, claim.email,
        claim.name, claim.words, claim.language, claim.is_proven, Text(claim.reason, claim.reason_language or claim.language),
        claim.created_at, place.tzid if place else "", place.is_demo if place else False,
    )  # fmt: skip
