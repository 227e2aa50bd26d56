"""Let anybody claim a place, or propose one that is not in the catalogue; let managers decide, with a reason."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts import service as accounts
from app.accounts.queries import hosts_of, managing
from app.config import Settings
from app.core import clock, tokens
from app.core.actor import Actor
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.mail import outbox
from app.core.retention import remove_ended
from app.places.commands import ClaimPlace, Decision, ProposedPlace, SavePlace
from app.places.models import Place, PlaceClaim
from app.places.queries import territory_ids
from app.places.rules import claims as rules
from app.places.rules.claims import ClaimStatus
from app.places.rules.hosting import AlreadyHost
from app.places.rules.vocabulary import PlaceKind
from app.places.service.hosting import hold_place, invite_locked, withdraw_from
from app.places.service.saving import save_places
from geo.point import Point

PURPOSE = "place claim"
SOURCE = "join"  # of the places that came in this way
UNCONFIRMED_KEPT = timedelta(days=7)
DECIDED_KEPT = timedelta(days=365)


def claim_place(place_id: int, command: ClaimPlace) -> None:
    """Write to them: only who reads that mail goes on; asked again, the same mail is sent once more.

    Raises TooManyClaims.
    """
    with transaction() as session:
        hold_place(place_id)
        own = (PlaceClaim.place_id == place_id, PlaceClaim.email == command.email)
        known = session.scalar(
            sa.select(PlaceClaim).where(*own, PlaceClaim.status == ClaimStatus.UNCONFIRMED)
        )
        waiting = (PlaceClaim.place_id == place_id, PlaceClaim.status.in_(rules.OPEN))
        count = sa.select(sa.func.count()).select_from(PlaceClaim)
        if (session.scalar(count.where(*waiting)) or 0) >= rules.MAX_OPEN:
            raise rules.TooManyClaims
        _write_to(known or _new(command, place_id=place_id))


def propose_place(place: ProposedPlace, command: ClaimPlace) -> None:
    """The same for a place that is not in the catalogue: nothing of it is stored as a place before they read our mail."""
    proposed = {
        "name": place.name, "kind": place.kind.value, "street_address": place.street_address,
        "lon": place.location.lon, "lat": place.location.lat,
    }  # fmt: skip
    with transaction() as session:
        own = (PlaceClaim.email == command.email, PlaceClaim.status == ClaimStatus.UNCONFIRMED)
        mine = session.scalars(sa.select(PlaceClaim).where(*own, PlaceClaim.place_id.is_(None)))
        known = next((one for one in mine if one.proposed == proposed), None)
        _write_to(known or _new(command, proposed=proposed))


def confirm_claim(token: str, settings: Settings) -> str | None:
    """They have read our mail. Where their address proves it, they are invited at once: returns that invitation's token.

    Otherwise those who may decide are told; twice is once. Raises NotFound, ClaimEnded, AlreadyHost.
    """
    own = PlaceClaim.token_hash == tokens.token_hash(token)
    claim = db.session.scalar(sa.select(PlaceClaim).where(own))
    if claim is None:
        raise NotFound
    claim_id = claim.public_id
    made = None if claim.proposed is None else _save(claim_id, claim.proposed, settings, is_published=False)
    with transaction() as session:
        claim = session.scalar(sa.select(PlaceClaim).where(own).with_for_update())
        if claim is None or claim.status is not ClaimStatus.UNCONFIRMED:
            raise rules.ClaimEnded
        claim.place_id = claim.place_id or made
        place = session.get_one(Place, claim.place_id)
        if claim.email in {host.email for host in hosts_of(place.id)}:
            raise AlreadyHost
        claim.is_proven = rules.belongs_to_place(claim.email, place.email, place.website)
        _move(claim, ClaimStatus.SELF_CLAIMED if claim.is_proven else ClaimStatus.WAITING)
        for person in managing(territory_ids(place.id)):
            subject = f"{claim_id}:{person.public_id}"
            outbox.put("claim_waits", subject, dedupe_key=f"claim_waits:{subject}")
        return invite_locked(place.id, claim.email, claim.language) if claim.is_proven else None


def decide_claim(claim_id: str, decision: Decision, settings: Settings, actor: Actor) -> None:
    """Yes brings an invitation (and the place on the map), no ends what the claim gave; both reach whoever asked.

    Raises NotFound, ClaimEnded.
    """
    own = PlaceClaim.public_id == claim_id
    seen = db.session.scalar(sa.select(PlaceClaim).where(own))
    if seen is None:
        raise NotFound
    wanted = ClaimStatus.APPROVED if decision.is_yes else ClaimStatus.DECLINED
    if wanted not in rules.ALLOWED_MOVES[seen.status]:
        raise rules.ClaimEnded
    if decision.is_yes and seen.proposed is not None:
        _save(claim_id, seen.proposed, settings, is_published=True)
    with transaction() as session:
        claim = session.scalar(sa.select(PlaceClaim).where(own).with_for_update())
        if claim is None or claim.place_id is None or wanted not in rules.ALLOWED_MOVES[claim.status]:
            raise rules.ClaimEnded
        was_in = claim.status is ClaimStatus.SELF_CLAIMED
        _move(claim, wanted)
        claim.reason, claim.reason_language = decision.reason.value, decision.reason.lang
        claim.decided_at = clock.now()
        if decision.is_yes and not was_in:
            invite_locked(
                claim.place_id, claim.email, claim.language, invited_by=actor.person_id, is_silent=True
            )
        if was_in and not decision.is_yes:
            _end_hosting(claim)
        outbox.put("claim_decided", claim_id, dedupe_key=f"claim_decided:{claim_id}:{claim.status.value}")


@daily("places.claims")
def forget_claims() -> None:
    """Who never read our mail, after a week; what was decided, after a year; and the places that nobody wanted."""
    now = clock.now()
    unread = PlaceClaim.status == ClaimStatus.UNCONFIRMED
    remove_ended(PlaceClaim.id, unread, PlaceClaim.created_at < now - UNCONFIRMED_KEPT)
    remove_ended(PlaceClaim.id, PlaceClaim.decided_at < now - DECIDED_KEPT)
    still = sa.select(PlaceClaim.id).where(PlaceClaim.place_id == Place.id).exists()
    left = (Place.source == SOURCE, ~Place.is_published, Place.created_at < now - UNCONFIRMED_KEPT, ~still)
    remove_ended(Place.id, *left)


def _new(command: ClaimPlace, **about: Any) -> PlaceClaim:
    own_id = public_id()
    claim = PlaceClaim(
        public_id=own_id, token_hash=tokens.token_hash(claim_token(own_id)), email=command.email, name=command.name,
        words=command.words, language=command.language, status=ClaimStatus.UNCONFIRMED, created_at=clock.now(), **about,
    )  # fmt: skip
    db.session.add(claim)
    db.session.flush()
    return claim


def claim_token(claim_id: str) -> str:
    """What opens the page of a claim; it stands in our mails alone."""
    return tokens.personal_token(PURPOSE, claim_id, 1)


def _write_to(claim: PlaceClaim) -> None:
    """At most one mail a minute for each claim."""
    minute = f"{clock.now():%Y%m%d%H%M}"
    outbox.put("claim_confirm", claim.public_id, dedupe_key=f"claim_confirm:{claim.public_id}:{minute}")


def _save(claim_id: str, proposed: dict[str, Any], settings: Settings, *, is_published: bool) -> int:
    """The proposed place, in the zone and country of the network; the same claim is the same place."""
    command = SavePlace(
        source=SOURCE, source_id=claim_id, name=proposed["name"], kind=PlaceKind(proposed["kind"]),
        location=Point(lon=proposed["lon"], lat=proposed["lat"]), tzid=settings.tzid, country=settings.country,
        subdivision=settings.subdivision, street_address=proposed["street_address"], is_published=is_published,
    )  # fmt: skip
    (outcome,) = save_places([command])
    return db.session.scalars(sa.select(Place.id).where(Place.public_id == outcome.public_id)).one()


def _end_hosting(claim: PlaceClaim) -> None:
    assert claim.place_id is not None  # only claims of a place get this far
    withdraw_from(claim.place_id, claim.email)
    for host in hosts_of(claim.place_id):
        if host.email == claim.email:
            accounts.revoke_host(host.public_id, claim.place_id)


def _move(claim: PlaceClaim, status: ClaimStatus) -> None:
    if status not in rules.ALLOWED_MOVES[claim.status]:
        raise rules.ClaimEnded
    claim.status = status
