"""Questions about invitations to look after a place."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core import clock
from app.core.database import db
from app.core.tokens import token_hash
from app.places.models import HostInvitation
from app.places.rules.hosting import InvitationStatus, is_usable


@dataclass(frozen=True)
class InvitationView:
    """One invitation; `email` is empty for a slip of paper. `is_usable`: somebody may accept it now."""

    public_id: str
    place_id: int
    email: str
    language: str
    expires_at: datetime
    is_usable: bool


def open_invitations(place_id: int) -> list[InvitationView]:
    """Those of a place that wait for an answer, the newest first."""
    waiting = (
        HostInvitation.place_id == place_id,
        HostInvitation.status == InvitationStatus.OPEN,
        HostInvitation.expires_at > clock.now(),
    )
    rows = db.session.scalars(sa.select(HostInvitation).where(*waiting).order_by(HostInvitation.id.desc()))
    return list(map(_view, rows))


def invitation_by_token(token: str) -> InvitationView | None:
    """The one that a mailed link opens."""
    return _one(HostInvitation.token_hash == token_hash(token))


def invitation_by_public_id(public_id: str) -> InvitationView | None:
    """The one that a waiting mail speaks of."""
    return _one(HostInvitation.public_id == public_id)


def open_invitation_id(place_id: int, email: str) -> str | None:
    """The public id of the one that waits for this address's answer."""
    waiting = (
        HostInvitation.place_id == place_id,
        HostInvitation.email == email,
        HostInvitation.status == InvitationStatus.OPEN,
        HostInvitation.expires_at > clock.now(),
    )
    return db.session.scalar(sa.select(HostInvitation.public_id).where(*waiting).limit(1))


def _one(condition: sa.ColumnElement[bool]) -> InvitationView | None:
    found = db.session.scalar(sa.select(HostInvitation).where(condition))
    return None if found is None else _view(found)


def _view(row: HostInvitation) -> InvitationView:
    usable = is_usable(row.status, row.expires_at, clock.now())
    return InvitationView(row.public_id, row.place_id, row.email, row.language, row.expires_at, usable)
