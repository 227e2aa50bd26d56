"""The form of an event that is published: what it says now, and what becomes of booked dates that a new rule loses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.validators import Optional

from app.core import clock
from app.core.i18n import chosen_language
from app.core.local_text import LocalText
from app.core.phrasing import listed
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.commands import SaveEvent
from app.events.facts import EventView
from app.events.forms.event import AGES, EventForm
from app.events.forms.terms import AT_ONCE, keep_choice
from app.events.rules.bodies import written_speakers
from app.events.rules.day_list import written_days
from app.events.rules.repeat import Repeat, repeat_of
from app.events.rules.series import shift

OWN_AGES = "own"
_NOT_TYPED = frozenset({"csrf_token", "idempotency_key", "seen", "left_out", "another", "draft"})


class LeftOut(StrEnum):
    """What becomes of booked dates that the new schedule does not give."""

    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Difference:
    """A question, and what the event answers now."""

    label: str
    now_text: str


class EditForm(EventForm):
    """The same questions, answered as the event stands. `seen` is the state that the host had in front of them."""

    left_out = RadioField(_l("What happens to these dates?"), validators=[Optional()])
    seen = HiddenField()

    def __init__(self, event: EventView, **values: Any) -> None:
        self.event = event
        super().__init__(event.schedule.tzid, **values)
        minutes = int(event.schedule.duration.total_seconds() // 60)
        if minutes not in dict(self.minutes.choices):
            self.minutes.choices.append((minutes, gettext("%(num)s minutes", num=minutes)))
        if (event.age_from_months, event.age_to_months) not in AGES.values():
            self.age.choices.append((OWN_AGES, gettext("As it is now")))
        if repeat_of(event.schedule)[0] is Repeat.OTHER:
            self.repeat.choices.append((Repeat.OTHER, gettext("As it is now")))
        keep_choice(self.opens_days, AT_ONCE if event.opens_days is None else event.opens_days)
        keep_choice(self.closes_minutes, event.closes_minutes)
        for code in event.languages:
            keep_choice(self.languages, code)
        self.left_out.choices = [
            (LeftOut.KEEP, gettext("They take place all the same")),
            (LeftOut.CANCEL, gettext("Cancel them, and tell who has booked")),
        ]

    @classmethod
    def of(cls, event: EventView) -> "EditForm":
        """The form filled with what the event says now."""
        return cls(event, data=_as_it_stands(event))

    def was_crossed(self) -> bool:
        """Whether somebody else saved the event meanwhile; the next press is then made knowing it."""
        now = self.event.updated_at.isoformat()
        is_crossed, self.seen.data = self.seen.data != now, now
        return bool(is_crossed)

    def differences(self) -> list[Difference]:
        """Where what was typed is not what the event says now."""
        now = EditForm(self.event, formdata=None, data=_as_it_stands(self.event))
        return [
            Difference(field.label.text, _said(now[name]))
            for name, field in self._fields.items()
            if name not in _NOT_TYPED and _said(field) != _said(now[name])
        ]

    def is_as_before(self) -> bool:
        """A series that began long ago keeps its beginning."""
        return bool(self.starts_local == self.event.schedule.starts_local)

    def saved(self) -> SaveEvent:
        """The event as the form wants it; what the form does not ask stays."""
        return replace(
            as_saved(self.event), starts_local=self.starts_local, rrule=self.rrule(), rdates=self.rdates(),
            exdates=self.exdates(), **self.facts(),
        )  # fmt: skip

    def rrule(self) -> str:
        """A rule that says the same stays as it is written; one that has no plain words moves with the beginning."""
        schedule = self.event.schedule
        if self.repeat.data == Repeat.OTHER:
            return shift(schedule, self.starts_local - schedule.starts_local).rrule
        asked = (Repeat(self.repeat.data), self.until.data)
        is_same = self.is_as_before() and asked == repeat_of(schedule)
        return schedule.rrule if is_same else super().rrule()

    def facts(self) -> dict[str, Any]:
        """As a new event has them; words keep their other languages."""
        facts, event = super().facts(), self.event
        for name in ("title", "description", "bring"):
            facts[name] = _edited(getattr(event, name), self[name].data or "")
        facts["title"] = _edited(event.title, clean_line(self.title.data))
        spoken = facts["languages"]
        facts["languages"] = tuple(sorted(spoken, key=lambda code: _place_in(event.languages, code)))
        # What is published stays so: whoever has booked holds on to it, and it can be cancelled.
        facts["is_published"] = event.is_published or facts["is_published"]
        if not facts["proposer"] and not event.proposer:
            facts["proposed_by"] = event.proposed_by
        return facts

    def ages(self) -> tuple[int | None, int | None]:
        """A band of its own stays as it is."""
        if self.age.data == OWN_AGES:
            return self.event.age_from_months, self.event.age_to_months
        return super().ages()

    def exdates(self) -> tuple[datetime, ...]:
        """Those of the past stay; the form asks for the others."""
        return _past(self.event.schedule.exdates, self.tzid) + super().exdates()

    def rdates(self) -> tuple[datetime, ...]:
        """A day that has an hour of its own keeps it."""
        schedule = self.event.schedule
        own = {one.date(): one for one in schedule.rdates if one.time() != schedule.starts_local.time()}
        asked = tuple(own.get(one.date(), one) for one in super().rdates())
        return _past(schedule.rdates, self.tzid) + asked


def _as_it_stands(event: EventView) -> dict[str, Any]:
    schedule, (repeat, until) = event.schedule, repeat_of(event.schedule)
    band = (event.age_from_months, event.age_to_months)
    return {
        "title": _shown(event.title), "description": _shown(event.description), "bring": _shown(event.bring),
        "day": schedule.starts_local.date(), "hour": schedule.starts_local.time(), "repeat": repeat.value,
        "until": until, "not_on": _coming(schedule.exdates, event), "also_on": _coming(schedule.rdates, event),
        "minutes": int(schedule.duration.total_seconds() // 60), "kind": event.kind.value,
        "age": next((name for name, ages in AGES.items() if ages == band), OWN_AGES),
        "capacity": event.capacity, "email_optional": event.email_optional, "price": event.price,
        "room": event.room, "languages": list(event.languages), "topics": list(event.topics),
        "organisers": "\n".join(event.organisers), "partners": "\n".join(event.partners),
        "speakers": written_speakers(event.speakers), "proposer": event.proposer,
        "counted_as": event.counted_as.value, "no_babies": not event.counts_babies,
        "pushchairs": event.pushchairs, "childcare": event.childcare, "opens_days": AT_ONCE if event.opens_days is None else event.opens_days, "max_party": event.max_party,
        "closes_minutes": event.closes_minutes, "booked_whole": event.booked_whole, "one_per_email": event.one_per_email, "confirms_email": event.confirms_email, "asks_ages": event.asks_ages, "asks_needs": event.asks_needs,
        "seen": event.updated_at.isoformat(),
    }  # fmt: skip


def as_saved(event: EventView) -> SaveEvent:
    """The command that would save the event as it is."""
    same = {one.name: getattr(event, one.name) for one in fields(SaveEvent) if hasattr(event, one.name)}
    schedule = event.schedule
    own = {
        "place_id": event.place.public_id, "starts_local": schedule.starts_local, "rrule": schedule.rrule,
        "duration_minutes": int(schedule.duration.total_seconds() // 60), "rdates": schedule.rdates,
        "exdates": schedule.exdates, "topics": frozenset(event.topics),
    }  # fmt: skip
    return SaveEvent(**(same | own))


def _said(field: Field) -> str:
    """An answer as it is shown: the words of what was chosen, yes or no, a dash where nothing was typed."""
    if isinstance(field, BooleanField):
        return gettext("Yes") if field.data else gettext("No")
    chosen = field.data if isinstance(field.data, list) else [field.data]
    words = [
        label for value, label in getattr(field, "choices", None) or () if str(value) in map(str, chosen)
    ]
    return listed([str(word) for word in words]) or str(field.data or "–").strip()


def _place_in(codes: Sequence[str], code: str) -> int:
    """What was chosen before keeps its order; what is new follows."""
    return codes.index(code) if code in codes else len(codes)


def _language_of(text: LocalText | None) -> str:
    """The text that is edited: that of the page's language, or the original."""
    return text.within(chosen_language()).lang if text else chosen_language()


def _shown(text: LocalText | None) -> str:
    return text.within(_language_of(text)).value if text else ""


def _edited(old: LocalText | None, text: str) -> LocalText:
    language = _language_of(old)
    return (old or LocalText(language)).edited(language, text)


def _past(moments: Iterable[datetime], tzid: str) -> tuple[datetime, ...]:
    today = clock.today(tzid)
    return tuple(one for one in moments if one.date() < today)


def _coming(moments: Iterable[datetime], event: EventView) -> str:
    today: date = clock.today(event.schedule.tzid)
    return written_days(tuple(sorted({one.date() for one in moments if one.date() >= today})))
