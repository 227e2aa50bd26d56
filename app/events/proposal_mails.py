"""Mails about proposals and reviews: somebody proposes, they answered, an event waits, it was decided, what is new."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import force_locale

from app.accounts.queries import managers, person_by_public_id
from app.core.http import absolute
from app.core.local_text import LocalText, Text
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.translation import gettext
from app.events.queries.proposals import proposal_by_public_id
from app.events.queries.reviews import new_events, review_of
from app.events.rules.proposals import ProposalStatus
from app.events.rules.reviews import ReviewStatus
from app.events.service.proposals import proposal_token
from app.places.letter import LetterPlace, as_mail, letter_about

UTC = ZoneInfo("UTC")


@renders("proposal_told")
def told_mail(subject_id: str) -> Mail | None:
    """To one of those who look after the place."""
    proposal_id, _, person_id = subject_id.partition(":")
    proposal, person = proposal_by_public_id(proposal_id), person_by_public_id(person_id)
    if proposal is None or person is None or proposal.status is not ProposalStatus.WAITING:
        return None
    with force_locale(person.language):
        letter = letter_about(
            LetterPlace(proposal.place_name.value, proposal.is_demo), person.language,
            subject=gettext("Somebody proposes: %(title)s", title=proposal.title.value), hello=gettext("Hello %(name)s,", name=person.name),
            lead=gettext("a parent proposes something for this place. Take it up, change it, or say why not."), facts=[proposal.title.value],
            quote=proposal.words, link=absolute("proposal_desk.index", place_id=proposal.place_public_id), link_text=gettext("See and answer"),
        )  # fmt: skip
        return as_mail(person.email, letter)


@renders("proposal_answered")
def answered_mail(proposal_id: str) -> Mail | None:
    """To whoever proposed it and left an address."""
    proposal = proposal_by_public_id(proposal_id)
    if proposal is None or proposal.email is None or proposal.status is ProposalStatus.WAITING:
        return None
    is_yes = proposal.status is ProposalStatus.ACCEPTED
    with force_locale(proposal.language):
        lead = (
            gettext("the people of the place take up what you proposed.")
            if is_yes
            else gettext("the people of the place do not take up what you proposed.")
        )
        letter = letter_about(
            LetterPlace(proposal.place_name.value, proposal.is_demo), proposal.language,
            subject=gettext("What you proposed: %(title)s", title=proposal.title.value), hello=gettext("Hello,"), lead=lead,
            facts=[proposal.title.value], quote=proposal.answer, link=absolute("proposals.show", token=proposal_token(proposal_id)),
            link_text=gettext("See how it stands"),
        )  # fmt: skip
        return as_mail(proposal.email, letter)


@renders("review_waits")
def waits_mail(subject_id: str) -> Mail | None:
    """To one of those who may decide."""
    event_id, _, person_id = subject_id.partition(":")
    review, person = review_of(event_id), person_by_public_id(person_id)
    if review is None or person is None or review.status is not ReviewStatus.WAITING:
        return None
    with force_locale(person.language):
        title = _said(review.title, person.language)
        letter = letter_about(
            LetterPlace(review.place_name.value, review.is_demo), person.language, subject=gettext("Waits for you: %(title)s", title=title),
            hello=gettext("Hello %(name)s,", name=person.name), lead=gettext("an event of this place waits until somebody of the network has looked."),
            facts=[title], link=absolute("event_desk.index"), link_text=gettext("See and decide"),
        )  # fmt: skip
        return as_mail(person.email, letter)


@renders("review_decided")
def decided_mail(subject_id: str) -> Mail | None:
    """To whoever would publish it; nobody hears of a word that was taken back before it was sent."""
    event_id, _, status = subject_id.partition(":")
    review = review_of(event_id)
    person = person_by_public_id(review.asked_by) if review else None
    if review is None or person is None or review.status != status:
        return None
    is_yes = review.status is ReviewStatus.APPROVED
    with force_locale(person.language):
        title = _said(review.title, person.language)
        lead = (
            gettext("your event is on the programme.")
            if is_yes
            else gettext("your event stays a draft. Change it and publish it again.")
        )
        letter = letter_about(
            LetterPlace(review.place_name.value, review.is_demo), person.language, subject=gettext("Your event: %(title)s", title=title),
            hello=gettext("Hello %(name)s,", name=person.name), lead=lead, facts=[title], quote=review.reason,
            link=absolute("studio_events.edit", event_id=event_id), link_text=gettext("Go to the event"),
        )  # fmt: skip
        return as_mail(person.email, letter)


@renders("events_new")
def news_mail(subject_id: str) -> Mail | None:
    """To one manager: what hosts published in the day before."""
    day, _, person_id = subject_id.partition(":")
    person, own = person_by_public_id(person_id), managers().get(person_id)
    if person is None or not own:
        return None
    events = new_events(
        own, since=datetime.combine(date.fromisoformat(day), time.min, UTC) - timedelta(days=1)
    )
    if not events:
        return None
    with force_locale(person.language):
        facts = [f"{_said(one.title, person.language)} · {one.place_name.value}" for one in events]
        letter = letter_about(
            LetterPlace(gettext("Your territory"), is_demo=False), person.language, subject=gettext("New on the programme"),
            hello=gettext("Hello %(name)s,", name=person.name), lead=gettext("hosts of your territory have published these events."),
            facts=facts, link=absolute("event_desk.index"), link_text=gettext("See them"),
        )  # fmt: skip
        return as_mail(person.email, letter)


def _said(text: LocalText, language: str) -> str:
    said: Text = text.within(language)
    return said.value
