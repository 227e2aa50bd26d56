"""Questions about what parents propose."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.database import db
from app.core.local_text import Text
from app.core.tokens import token_hash
from app.events.models import Event, EventProposal
from app.events.rules.proposals import ProposalStatus
from app.places.models import Place, PlaceTerritory

MOST = 60


@dataclass(frozen=True)
class ProposalView:
    """One proposal; `event_slug` is "" unless it became an event that everybody can see. `email` None: erased, or none."""

    public_id: str
    place_id: int
    place_public_id: str
    place_slug: str
    place_name: Text
    is_demo: bool
    title: Text
    words: Text
    proposer: str
    email: str | None
    language: str
    status: ProposalStatus
    answer: Text
    event_slug: str
    created_at: datetime


def proposal_by_token(token: str) -> ProposalView | None:
    """The one that a personal link opens."""
    return next(iter(_views(EventProposal.token_hash == token_hash(token))), None)


def proposal_by_public_id(public_id: str) -> ProposalView | None:
    """The one that a page of its place, or a waiting mail, speaks of."""
    return next(iter(_views(EventProposal.public_id == public_id)), None)


def proposals_of(place_id: int) -> list[ProposalView]:
    """Those of one place, the newest first; at most 60."""
    return _views(EventProposal.place_id == place_id)


def waiting_proposals(territory_ids: Collection[int] | None) -> list[ProposalView]:
    """Those that nobody has answered in these territories (None: everywhere)."""
    waiting = [EventProposal.status == ProposalStatus.WAITING]
    if territory_ids is not None:
        lies_in = sa.select(PlaceTerritory.place_id).where(PlaceTerritory.territory_id.in_(territory_ids))
        waiting.append(EventProposal.place_id.in_(lies_in))
    return _views(*waiting)


def count_waiting_proposals(place_public_id: str) -> int:
    """How many of a place wait for an answer."""
    waiting = (Place.public_id == place_public_id, EventProposal.status == ProposalStatus.WAITING)
    query = (
        sa.select(sa.func.count()).select_from(EventProposal).join(Place, Place.id == EventProposal.place_id)
    )
    return db.session.scalar(query.where(*waiting)) or 0


def _views(*conditions: sa.ColumnElement[bool]) -> list[ProposalView]:
    query = (
        sa.select(EventProposal, Place, Event.slug, Event.is_published)
        .join(Place, Place.id == EventProposal.place_id)
        .outerjoin(Event, Event.id == EventProposal.event_id)
        .where(*conditions)
        .order_by(EventProposal.id.desc())
        .limit(MOST)
    )
    return [
        ProposalView(
            row.public_id, place.id, place.public_id, place.slug, Text(place.name, place.name_language), place.is_demo,
            Text(row.title, row.language), Text(row.words, row.language), row.proposer, row.email, row.language, row.status,
            Text(row.answer, row.answer_language or row.language), slug if is_published else "", row.created_at,
        )
        for row, place, slug, is_published in db.session.execute(query)
    ]  # fmt: skip
