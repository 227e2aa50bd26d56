"""Who stands behind an event, in words: who organises it and with whom, who leads it, who had the idea."""

from dataclasses import dataclass

from flask import url_for

from app.core.phrasing import listed
from app.core.translation import gettext
from app.events.facts import EventView
from app.events.labels import proposed_by_text
from app.events.rules.bodies import Speaker
from app.events.rules.vocabulary import ProposedBy


@dataclass(frozen=True)
class SpeakerLine:
    """Somebody who leads or speaks; `url` leads to everything else they do on the programme."""

    name: str
    profession: str
    about: str
    url: str


@dataclass(frozen=True)
class Who:
    """Ready words; what is not known is empty."""

    organised_text: str
    partners_text: str | None
    proposed_text: str | None
    speakers: list[SpeakerLine]


def who_of(event: EventView) -> Who:
    """The place itself organises what names nobody else."""
    names = event.organisers or (event.place.name.value,)
    return Who(
        organised_text=gettext("Organised by %(name)s", name=listed(names)),
        partners_text=gettext("Together with %(names)s", names=listed(event.partners)) if event.partners else None,
        proposed_text=_proposed(event),
        speakers=[_line(speaker) for speaker in event.speakers],
    )  # fmt: skip


def _proposed(event: EventView) -> str | None:
    if event.proposer:
        return gettext("Proposed by: %(who)s", who=event.proposer)
    return proposed_by_text(event.proposed_by) if event.proposed_by is ProposedBy.RESIDENTS else None


def _line(speaker: Speaker) -> SpeakerLine:
    return SpeakerLine(
        speaker.name, speaker.profession, speaker.about, url_for("events.index", q=speaker.name)
    )
