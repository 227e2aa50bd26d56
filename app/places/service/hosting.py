"""Invite people to look after a place, let them accept, leave, or be taken off again."""

import sqlalchemy as sa

from app.accounts import service as accounts
from app.accounts.queries import hosts_of
from app.core import clock, tokens
from app.core.actor import Actor, Grant, Role
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id, read_from_paper
from app.core.mail import outbox
from app.core.state import INSERTS
from app.places.models import DataAgreement, HostInvitation, Place
from app.places.rules import hosting as rules
from app.places.rules.hosting import InvitationStatus
from app.places.service.telling import tell_staff

PURPOSE = "host invitation"
KIND = "host_invited"


def invite(place_id: int, email: str, language: str, actor: Actor) -> None:
    """Write to somebody who may then look after the place; asked again, the same mail is sent once more.

    Raises AlreadyHost, TooManyInvitations.
    """
    email = email.strip().lower()
    with transaction():
        hold_place(place_id)
        if email in {host.email for host in hosts_of(place_id)}:
            raise rules.AlreadyHost
        known = _open_one(place_id, email)
        invitation = known or _new(place_id, email, language, invited_by=actor.person_id)
        invitation.expires_at = clock.now() + rules.LINK_LASTS
        _send(invitation)


def make_slip(place_id: int, language: str, actor: Actor) -> str:
    """A code for a slip of paper, which is handed over or posted; it is shown once. Raises TooManyInvitations."""
    code = public_id()
    with transaction():
        hold_place(place_id)
        slip = _new(place_id, "", language, invited_by=actor.person_id)
        slip.token_hash, slip.expires_at = _slip_hash(code), clock.now() + rules.SLIP_LASTS
    return code


def invite_locked(
    place_id: int, email: str, language: str, *, invited_by: int | None = None, is_silent: bool = False
) -> str:
    """The same inside the caller's transaction, which holds the place; `is_silent`: another mail brings the link.

    Returns the token of its link. Raises TooManyInvitations.
    """
    invitation = _open_one(place_id, email) or _new(place_id, email, language, invited_by=invited_by)
    invitation.expires_at = clock.now() + rules.LINK_LASTS
    if not is_silent:
        _send(invitation)
    return tokens.personal_token(PURPOSE, invitation.public_id, 1)


def ask_with_slip(typed: str, email: str, language: str) -> None:
    """Whoever holds a slip says where to write: only who reads that mail can accept. Raises InvitationEnded."""
    with transaction() as session:
        own = sa.select(HostInvitation).where(HostInvitation.token_hash == _slip_hash(read_from_paper(typed)))
        slip = session.scalar(own.with_for_update())
        if slip is None or not _is_usable(slip):
            raise rules.InvitationEnded
        email = email.strip().lower()
        known = _open_one(slip.place_id, email)
        invitation = known or _new(
            slip.place_id, email, language, invited_by=slip.invited_by, slip_id=slip.id
        )
        _send(invitation)


def accept_invitation(token: str, name: str, device: str) -> str:
    """They look after the place from now on, and are signed in; returns the session token.

    Accepting is agreeing to how families' data are handled. Raises NotFound, InvitationEnded.
    """
    with transaction() as session:
        own = sa.select(HostInvitation).where(HostInvitation.token_hash == tokens.token_hash(token))
        invitation = session.scalar(own.with_for_update())
        if invitation is None:
            raise NotFound
        if not _is_usable(invitation) or not invitation.email:
            raise rules.InvitationEnded
        grant = Grant(Role.HOST, place_id=invitation.place_id)
        person_id = accounts.grant_locked(invitation.email, name, invitation.language, grant)
        _agree(person_id)
        _end(invitation, InvitationStatus.ACCEPTED)
        slip = invitation.slip_id and session.get(HostInvitation, invitation.slip_id)
        if slip and slip.status is InvitationStatus.OPEN:
            _end(slip, InvitationStatus.ACCEPTED)
        place = session.get_one(Place, invitation.place_id)
        tell_staff(place, "host_joined", invitation.public_id, once=invitation.public_id)
        return accounts.new_session(person_id, device)


def withdraw_invitation(place_id: int, invitation_id: str) -> None:
    """Take an open one of this place back; twice is once."""
    own = (HostInvitation.place_id == place_id, HostInvitation.public_id == invitation_id)
    with transaction() as session:
        invitation = session.scalar(sa.select(HostInvitation).where(*own).with_for_update())
        if invitation is not None and invitation.status is InvitationStatus.OPEN:
            _end(invitation, InvitationStatus.WITHDRAWN)


def withdraw_from(place_id: int, email: str) -> None:
    """Take back what waits for an answer of this address, inside the caller's transaction."""
    invitation = _open_one(place_id, email)
    if invitation is not None:
        _end(invitation, InvitationStatus.WITHDRAWN)


def end_hosting(place_id: int, person_public_id: str, actor: Actor) -> None:
    """Somebody no longer looks after the place: they leave, or are taken off; twice is once.

    Who is taken off by somebody else is told; so are those who go on looking after it.
    """
    with transaction() as session:
        place = session.get_one(Place, place_id)
        if not accounts.revoke_host(person_public_id, place_id):
            return
        once = f"{place.public_id}:{person_public_id}:{tokens.random_token()}"
        subject = f"{place.public_id}:{person_public_id}"
        if person_public_id != actor.public_id:
            outbox.put("hosting_ended", subject, dedupe_key=f"hosting_ended:{once}")
        tell_staff(place, "host_left", subject, once=once)


def hold_place(place_id: int) -> None:
    """One writer of a place's invitations at a time: none is written twice."""
    db.session.execute(sa.select(Place.id).where(Place.id == place_id).with_for_update(key_share=True))


def _new(
    place_id: int, email: str, language: str, *, invited_by: int | None, slip_id: int | None = None
) -> HostInvitation:
    now, own_id = clock.now(), public_id()
    waiting = (
        HostInvitation.place_id == place_id,
        HostInvitation.status == InvitationStatus.OPEN,
        HostInvitation.expires_at > now,
    )
    number = db.session.scalar(sa.select(sa.func.count()).select_from(HostInvitation).where(*waiting)) or 0
    if number >= rules.MAX_OPEN:
        raise rules.TooManyInvitations
    invitation = HostInvitation(
        public_id=own_id, place_id=place_id, email=email, language=language, invited_by=invited_by, slip_id=slip_id,
        token_hash=tokens.token_hash(tokens.personal_token(PURPOSE, own_id, 1)), status=InvitationStatus.OPEN,
        created_at=now, expires_at=now + rules.LINK_LASTS,
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    return invitation


def _open_one(place_id: int, email: str) -> HostInvitation | None:
    same = (
        HostInvitation.place_id == place_id,
        HostInvitation.email == email,
        HostInvitation.status == InvitationStatus.OPEN,
        HostInvitation.expires_at > clock.now(),
    )
    return db.session.scalar(sa.select(HostInvitation).where(*same))


def _send(invitation: HostInvitation) -> None:
    """At most one mail a minute for each invitation."""
    minute = f"{clock.now():%Y%m%d%H%M}"
    outbox.put(KIND, invitation.public_id, dedupe_key=f"{KIND}:{invitation.public_id}:{minute}")


def _is_usable(invitation: HostInvitation) -> bool:
    return rules.is_usable(invitation.status, invitation.expires_at, clock.now())


def _end(invitation: HostInvitation, status: InvitationStatus) -> None:
    if status not in rules.ALLOWED_MOVES[invitation.status]:
        raise ValueError(f"an invitation never goes from {invitation.status} to {status}")
    invitation.status, invitation.ended_at = status, clock.now()


def _agree(person_id: int) -> None:
    """The same version again is agreed to already."""
    insert = INSERTS[db.session.get_bind().dialect.name](DataAgreement)
    row = insert.values(person_id=person_id, version=rules.AGREEMENT, agreed_at=clock.now())
    db.session.execute(row.on_conflict_do_nothing(index_elements=["person_id", "version"]))


def _slip_hash(code: str) -> str:
    return tokens.token_hash(f"slip\n{code}")
