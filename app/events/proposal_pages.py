"""Pages of proposals and reviews, ready for the templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import url_for

from app.config import Settings
from app.core.i18n import local
from app.core.local_text import Text
from app.core.phrasing import locale_in_force
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.queries.proposals import ProposalView
from app.events.queries.reviews import NewEvent, ReviewView
from app.events.rules.proposals import ProposalStatus

STATUSES = {
    ProposalStatus.WAITING: _l("The people of the place have it and will answer."),
    ProposalStatus.ACCEPTED: _l("Yes, they take it up."),
    ProposalStatus.DECLINED: _l("Not this time."),
}


@dataclass(frozen=True)
class ProposalPage:
    """A proposal, as its sender or the people of the place see it; `answer` is empty until there is one."""

    id: str
    place_name: Text
    place_url: str
    title: Text
    words: Text
    proposer: str
    status: str
    status_text: str
    answer: Text
    event_url: str
    day_text: str
    mail_text: str
    is_waiting: bool
    can_accept: bool
    accept_url: str
    answer_url: str


@dataclass(frozen=True)
class ReviewRow:
    """An event that waits for a manager, or that was sent back."""

    id: str
    title: Text
    place_name: Text
    asked_text: str
    reason: Text
    preview_url: str


@dataclass(frozen=True)
class NewRow:
    """An event that a host has published."""

    title: Text
    place_name: Text
    url: str
    day_text: str


def own_proposal(proposal: ProposalView) -> ProposalPage:
    """With everything that either side may want."""
    where: dict[str, Any] = {"place_id": proposal.place_public_id, "proposal_id": proposal.public_id}
    is_waiting = proposal.status is ProposalStatus.WAITING
    mail_text = (
        gettext("We write to you when they answer.")
        if proposal.email
        else gettext("Keep the address of this page: the answer stands here.")
    )
    return ProposalPage(
        id=proposal.public_id, place_name=proposal.place_name, place_url=f"/places/{proposal.place_slug}", title=proposal.title,
        words=proposal.words, proposer=proposal.proposer, status=proposal.status.value, status_text=str(STATUSES[proposal.status]),
        answer=proposal.answer, event_url=url_for("events.detail", slug=proposal.event_slug) if proposal.event_slug else "",
        day_text=format_date(proposal.created_at.date(), "long", locale=locale_in_force()), mail_text=mail_text if is_waiting else "",
        is_waiting=is_waiting, can_accept=proposal.status is not ProposalStatus.ACCEPTED,
        accept_url=url_for("proposal_desk.ask", **where), answer_url=url_for("proposal_desk.decline", **where),
    )  # fmt: skip


def review_rows(reviews: Iterable[ReviewView], settings: Settings) -> list[ReviewRow]:
    """In the order given; days on the clock of the network."""
    return [
        ReviewRow(
            one.event_id, local(one.title) or Text("", one.title.original), one.place_name,
            gettext("%(name)s, %(day)s", name=one.asked_name, day=_day(one.asked_at, settings.tzid)), one.reason,
            url_for("studio_events.preview", event_id=one.event_id),
        )
        for one in reviews
    ]  # fmt: skip


def new_rows(events: Iterable[NewEvent], settings: Settings) -> list[NewRow]:
    """In the order given."""
    return [
        NewRow(
            local(one.title) or Text("", one.title.original), one.place_name, url_for("events.detail", slug=one.slug),
            _day(one.created_at, settings.tzid),
        )
        for one in events
    ]  # fmt: skip


def _day(moment: datetime, tzid: str) -> str:
    return format_date(moment.astimezone(ZoneInfo(tzid)).date(), "long", locale=locale_in_force())
