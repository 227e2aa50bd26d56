"""Who may use the staff pages at all."""

from app.core.actor import Actor, Role
from app.core.permissions import Permission


def _is_signed_in(actor: Actor | None) -> bool:
    return actor is not None


def _is_staff(actor: Actor | None) -> bool:
    return actor is not None and any(actor.has_role(role) for role in Role)


def _is_managing(actor: Actor | None) -> bool:
    return actor is not None and (actor.is_operator or actor.has_role(Role.MANAGER))


def _is_operating(actor: Actor | None) -> bool:
    return actor is not None and actor.is_operator


SIGNED_IN = Permission("signed in", _is_signed_in)
STAFF = Permission("staff", _is_staff)
MANAGING = Permission("managing", _is_managing)
OPERATING = Permission("operating", _is_operating)
