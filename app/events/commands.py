"""What somebody asks of events, already typed."""

from dataclasses import dataclass, field
from datetime import datetime

from app.core.local_text import LocalText
from app.events.rules.bodies import Speaker
from app.events.rules.vocabulary import CountedAs, EventKind, ProposedBy


@dataclass(frozen=True)
class SaveEvent:
    """An event as it shall be. Wall-clock times are naive, in the zone of its place.

    `place_id` is the place's public id. `capacity` None means that nobody needs to book; `price` "" means free.
    `organisers` empty means the place itself; `proposer` says who had the idea in words ("families of via Padova").
    `pushchairs` and `childcare` are how many there is room for (None: nobody asks); `counts_babies`: babies in arms take
    a seat too. `booked_whole`: one booking is for all its dates. `opens_days` and `closes_minutes` as rules/terms.py counts them. Ages are months (negative: before birth). `source_key` names the event in its source, for repeated imports; `series_of`
    the event (public id) with which a new one is a series, as a tour over several places is.
    `asks_review`: who (public id) would publish it and waits for a manager; it stays a draft until then.
    `topics` are slugs of models.Topic. `is_demo` marks a made-up event at a real place; at a made-up place every event is one.
    """

    place_id: str
    title: LocalText
    starts_local: datetime
    duration_minutes: int
    kind: EventKind = EventKind.WORKSHOP
    rrule: str = ""
    rdates: tuple[datetime, ...] = ()
    exdates: tuple[datetime, ...] = ()
    description: LocalText | None = None
    bring: LocalText | None = None
    languages: tuple[str, ...] = ()
    age_from_months: int | None = None
    age_to_months: int | None = None
    price: str = ""
    organisers: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    proposed_by: ProposedBy = ProposedBy.HOST
    proposer: str = ""
    room: str = ""
    capacity: int | None = None
    counted_as: CountedAs = CountedAs.EVERYBODY
    counts_babies: bool = True
    pushchairs: int | None = None
    childcare: int | None = None
    max_party: int = 8
    email_optional: bool = False
    opens_days: int | None = None
    closes_minutes: int = 0
    one_per_email: bool = False
    booked_whole: bool = False
    confirms_email: bool = False
    asks_ages: bool = False
    asks_needs: bool = False
    topics: frozenset[str] = field(default_factory=frozenset)
    source_key: str | None = None
    series_of: str | None = None
    is_demo: bool = False
    is_published: bool = True
    asks_review: str = ""


@dataclass(frozen=True)
class ProposeEvent:
    """What a parent proposes for a place (its public id); the same key again is the same proposal."""

    place_id: str
    title: str
    words: str
    proposer: str
    email: str | None
    language: str
    idempotency_key: str
