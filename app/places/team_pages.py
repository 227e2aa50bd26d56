"""Pages about who looks after a place, ready for the templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.accounts.queries import LookingAfter
from app.core.actor import Actor
from app.core.errors import ApplicationError
from app.core.http import absolute
from app.core.ids import on_paper
from app.core.local_text import Text
from app.core.phrasing import locale_in_force
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.places.permissions import take_off
from app.places.queries import StaffPlace
from app.places.queries.hosting import InvitationView
from app.places.rules.hosting import MAX_OPEN, AlreadyHost, InvitationEnded, TooManyInvitations

REFUSALS: dict[type[ApplicationError], object] = {
    AlreadyHost: _l("Whoever has this address looks after the place already."),
    TooManyInvitations: _l("%(num)s invitations wait for an answer: take one back first.", num=MAX_OPEN),
    InvitationEnded: _l(
        "This code is not known, was used, or is too old. Ask for a new one where you got it."
    ),
}


@dataclass(frozen=True)
class HostRow:
    """Somebody who looks after the place; `can_end`: whoever reads this may take them off, or is them."""

    id: str
    name: str
    email: str
    is_me: bool
    can_end: bool


@dataclass(frozen=True)
class OpenRow:
    """An invitation that waits; `email` is empty for a slip."""

    id: str
    email: str
    until_text: str


@dataclass(frozen=True)
class TeamPage:
    """Who looks after a place, and who was asked to. `slip` is a code that is shown this once."""

    place_id: str
    place_name: Text
    hosts: tuple[HostRow, ...]
    waiting: tuple[OpenRow, ...]
    slip: str
    slip_address: str
    makes_slips: bool


def team_page(
    place: StaffPlace, hosts: Iterable[LookingAfter], waiting: Iterable[InvitationView], actor: Actor, *,
    slip: str = "",
) -> TeamPage:  # fmt: skip
    """As the person who asks sees it: hosts leave by themselves, managers and operators take others off."""
    is_above = take_off(actor, place.territory_ids)
    rows = tuple(
        HostRow(
            host.public_id, host.name, host.email, host.public_id == actor.public_id,
            is_above or host.public_id == actor.public_id,
        )
        for host in hosts
    )  # fmt: skip
    asked = tuple(OpenRow(one.public_id, one.email, _until(one.expires_at, place.tzid)) for one in waiting)
    return TeamPage(
        place.public_id, place.name, rows, asked, on_paper(slip) if slip else "",
        absolute("invitations.code"), is_above,
    )  # fmt: skip


def refusal(error: ApplicationError) -> str:
    """Why not, and what to do next."""
    return str(REFUSALS.get(type(error), error.message))


def _until(moment: datetime, tzid: str) -> str:
    day = format_date(moment.astimezone(ZoneInfo(tzid)).date(), "long", locale=locale_in_force())
    return gettext("until %(day)s", day=day)
