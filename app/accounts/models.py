"""People, their roles, one-time links and sessions (only hashes of secrets)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.actor import Role
from app.core.audit.trail import Audited
from app.core.columns import UtcDateTime, enum_column
from app.core.database import Base


class Person(Base):
    """Somebody who signs in: host, manager or operator. Parents have no account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    language: Mapped[str] = mapped_column(sa.String(8), default="it")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    grants: Mapped[list["RoleGrant"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", back_populates="person"
    )


def _once(role: str, *columns: str) -> sa.Index:
    """Nobody has the same role with the same scope twice; the engines call such a partial index by their names."""
    condition = sa.text(f"role = '{role}'")
    return sa.Index(
        f"uq_role_grant_{role}", *columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )


def _holder(grant: "RoleGrant") -> str:
    """The public id of whom a role is given to or taken from."""
    person: Person | None = grant.person
    session = sa.orm.object_session(grant)
    if person is None and session is not None:  # made by its key alone
        person = session.get(Person, grant.person_id)
    return "" if person is None else person.public_id


class RoleGrant(Base):
    """One role with its scope: a place for hosts, a territory for managers, none for operators."""

    __tablename__ = "role_grant"
    __audit__ = Audited("role", ("role", "territory_id"), object_id=_holder, always=True)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role, "role"))
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)
    territory_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("territory.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(back_populates="grants")

    # One index for each role, since NULLs are all different and scope_fits_role leaves one in every row.
    __table_args__ = (
        _once("host", "person_id", "place_id"),
        _once("manager", "person_id", "territory_id"),
        _once("operator", "person_id"),
        sa.CheckConstraint(
            "(role = 'host' AND place_id IS NOT NULL AND territory_id IS NULL)"
            " OR (role = 'manager' AND territory_id IS NOT NULL AND place_id IS NULL)"
            " OR (role = 'operator' AND place_id IS NULL AND territory_id IS NULL)",
            name="scope_fits_role",
        ),
    )


class SignInToken(Base):
    """An e-mailed one-time link with its six-digit code. Both are HMAC(public id), so that the outbox holds no secret.

    `person_id` is NULL where the address is not known: what is asked of it is counted and answered alike.
    """

    __tablename__ = "sign_in_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInSession(Base):
    """A signed-in device; the cookie holds the token, this row its hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    # As its browser calls itself, roughly: "Firefox · Android".
    device: Mapped[str] = mapped_column(sa.String(40), default="")
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Opened, or confirmed, with more than a mail: a passkey or a recovery code.
    is_proven: Mapped[bool] = mapped_column(default=False)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Passkey(Base):
    """A key pair whose private half stays in somebody's device (WebAuthn); `sign_count` is what it last counted."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    device: Mapped[str] = mapped_column(sa.String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PasskeyChallenge(Base):
    """What a device is to sign, once; `person_id` is NULL while nobody is signed in."""

    __tablename__ = "passkey_challenge"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    challenge: Mapped[bytes] = mapped_column(sa.LargeBinary)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A code on an operator's paper, good once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Feedback(Base):
    """What somebody wrote about the site itself, for its operators; `email` is empty where no answer is wanted."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    text: Mapped[str] = mapped_column(sa.Text)
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    language: Mapped[str] = mapped_column(sa.String(8))
    idempotency_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
