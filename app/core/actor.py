"""Who is asking: a plain value, so that ending a transaction never makes it stale."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be; hosts act on places, managers on territories, operators on everything."""

    HOST = "host"
    MANAGER = "manager"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Grant:
    """One role with its scope: a host has a place, a manager a territory, an operator neither."""

    role: Role
    place_id: int | None = None
    territory_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """A signed-in person (Flask-Login's user)."""

    person_id: int
    public_id: str
    email: str
    name: str
    language: str
    session_hash: str
    grants: tuple[Grant, ...] = ()
    # An operator who has shown a mail alone: signed in, and no operator yet.
    is_held_back: bool = False
    is_proven: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Flask-Login's identifier."""
        return self.public_id

    def has_role(self, role: Role) -> bool:
        """Whether any grant gives this role."""
        return any(grant.role is role for grant in self.grants)

    @property
    def is_operator(self) -> bool:
        """Operators may do everything."""
        return self.has_role(Role.OPERATOR)

    @property
    def place_ids(self) -> frozenset[int]:
        """Places this person hosts."""
        return frozenset(g.place_id for g in self.grants if g.role is Role.HOST and g.place_id is not None)

    @property
    def territory_ids(self) -> frozenset[int]:
        """Territories this person animates."""
        return frozenset(
            g.territory_id for g in self.grants if g.role is Role.MANAGER and g.territory_id is not None
        )
