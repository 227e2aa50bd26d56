"""Every route stands under one named permission; a route without one fails a test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask_login import current_user

from app.core.actor import Actor
from app.core.errors import NotPermitted, ProofAsked, SignInNeeded

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Permission:
    """A named verb and who may do it at all (scope is asked again where the object is known)."""

    name: str
    allows: Callable[[Actor | None], bool]


PUBLIC = Permission("public", lambda actor: True)
BEARER = Permission("bearer of the personal link", lambda actor: True)


def current_actor() -> Actor | None:
    """The signed-in person, or None."""
    return cast(Actor, current_user._get_current_object()) if current_user.is_authenticated else None


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator of a view (below the route): refuse whoever may not, and name the permission on the view."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if permission not in (PUBLIC, BEARER):
                actor = current_actor()
                if actor is None:
                    raise SignInNeeded
                if not permission.allows(actor):
                    raise ProofAsked if actor.is_held_back else NotPermitted
            return view(*args, **kwargs)

        guarded.permission = permission.name  # type: ignore[attr-defined]  # read by tests/architecture
        return guarded

    return decorate


def permit(is_allowed: bool) -> None:
    """Second question, once the object is known: `permit(permissions.edit_event(actor, event))`."""
    if not is_allowed:
        raise NotPermitted
