"""Take in what parents propose for a place, and what its people answer: an event, or words."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.local_text import Text
from app.core.mail import outbox
from app.core.retention import remove_ended
from app.core.state import INSERTS
from app.core.tokens import personal_token, token_hash
from app.events.commands import ProposeEvent, SaveEvent
from app.events.models import Event, EventProposal
from app.events.rules.proposals import ProposalStatus, check_move
from app.events.rules.vocabulary import ProposedBy
from app.events.service.saving import create_event
from app.places.models import Place
from app.places.service.telling import tell_staff

PURPOSE = "event proposal"
KEPT = timedelta(days=365)
ADDRESS_KEPT = timedelta(days=90)
ADDRESS_KEPT_AFTER_ANSWER = timedelta(days=2)  # so that its mail can be sent again while a server is down


@patiently
def propose_event(command: ProposeEvent) -> str:
    """Take it in and tell those who look after the place; returns the token of its own page.

    The same key again is the same proposal. Raises NotFound, Busy.
    """
    with transaction() as session:
        place = session.scalar(
            sa.select(Place).where(Place.public_id == command.place_id, Place.is_published)
        )
        if place is None:
            raise NotFound
        key, own_id, now = (
            token_hash(f"{place.public_id}\n{command.idempotency_key}"),
            public_id(),
            clock.now(),
        )
        insert = INSERTS[session.get_bind().dialect.name](EventProposal)
        row = insert.values(
            public_id=own_id, token_hash=token_hash(proposal_token(own_id)), idempotency_key=key, place_id=place.id,
            title=command.title, words=command.words, proposer=command.proposer, email=command.email,
            language=command.language, status=ProposalStatus.WAITING, answer="", answer_language="", created_at=now, updated_at=now,
        )  # fmt: skip
        session.execute(row.on_conflict_do_nothing(index_elements=["idempotency_key"]))
        same = sa.select(EventProposal.public_id).where(EventProposal.idempotency_key == key)
        stored = session.scalars(same).one()
        if stored == own_id:
            tell_staff(place, "proposal_told", stored, once=stored)
        return proposal_token(stored)


def accept_proposal(proposal_public_id: str, command: SaveEvent, words: Text) -> str:
    """Its people have made an event of it; returns the event's public id. Pressed twice it is one event.

    Raises NotFound, ProposalSettled, and what create_event raises.
    """
    seen = db.session.scalar(_own(proposal_public_id))
    if seen is None:
        raise NotFound
    if seen.status is not ProposalStatus.ACCEPTED:
        check_move(seen.status, ProposalStatus.ACCEPTED)
    key = f"proposal:{proposal_public_id}"
    event_id = create_event(replace(command, source_key=key, proposed_by=ProposedBy.RESIDENTS))
    _settle(proposal_public_id, ProposalStatus.ACCEPTED, words, event_id)
    return event_id


def decline_proposal(proposal_public_id: str, words: Text) -> None:
    """No, with words for whoever proposed it; twice is once. Raises NotFound, ProposalSettled."""
    _settle(proposal_public_id, ProposalStatus.DECLINED, words, None)


@patiently
def _settle(proposal_public_id: str, status: ProposalStatus, words: Text, event_id: str | None) -> None:
    with transaction() as session:
        proposal = session.scalar(_own(proposal_public_id).with_for_update())
        if proposal is None:
            raise NotFound
        if proposal.status is status:
            return
        check_move(proposal.status, status)
        proposal.status, proposal.updated_at = status, clock.now()
        proposal.answer, proposal.answer_language = words.value, words.lang
        if event_id is not None:
            proposal.event_id = session.scalar(sa.select(Event.id).where(Event.public_id == event_id))
        if proposal.email:
            once = f"proposal_answered:{proposal_public_id}:{status.value}"
            outbox.put("proposal_answered", proposal_public_id, dedupe_key=once)


@daily("events.proposals")
def forget_proposals() -> None:
    """Addresses two days after the answer, or after 90 days; proposals after a year."""
    now = clock.now()
    remove_ended(EventProposal.id, EventProposal.created_at < now - KEPT)
    answered = sa.and_(
        EventProposal.status != ProposalStatus.WAITING,
        EventProposal.updated_at < now - ADDRESS_KEPT_AFTER_ANSWER,
    )
    due = (EventProposal.email.is_not(None), sa.or_(answered, EventProposal.created_at < now - ADDRESS_KEPT))
    with transaction() as session:
        if session.scalar(sa.select(EventProposal.id).where(*due).limit(1)) is not None:
            session.execute(sa.update(EventProposal).where(*due).values(email=None))


def proposal_token(proposal_public_id: str) -> str:
    """What opens the page of a proposal, for whoever sent it."""
    return personal_token(PURPOSE, proposal_public_id, 1)


def _own(proposal_public_id: str) -> sa.Select[EventProposal]:
    return sa.select(EventProposal).where(EventProposal.public_id == proposal_public_id)
