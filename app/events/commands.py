"""What somebody asks of events, already typed."""

from dataclasses import dataclass, field
from datetime import datetime

from app.core.local_text import LocalText
from app.events.rules.vocabulary import CountedAs, EventKind, ProposedBy, Topic


@dataclass(frozen=True)
class SaveEvent:
    """An event as it shall be. Wall-clock times are naive, in the zone of its place.

    `place_id` is the place's public id. `capacity` None means that nobody needs to book; `price` "" means free.
    Ages are months (negative: before birth). `source_key` names the event in its source, for repeated imports.
    `is_demo` marks a made-up event at a real place; at a made-up place every event is one.
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
    organiser: str = ""
    proposed_by: ProposedBy = ProposedBy.HOST
    capacity: int | None = None
    counted_as: CountedAs = CountedAs.EVERYBODY
    max_party: int = 8
    email_optional: bool = False
    topics: frozenset[Topic] = field(default_factory=frozenset)
    source_key: str | None = None
    is_demo: bool = False
    is_published: bool = True
