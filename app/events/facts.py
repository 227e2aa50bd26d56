"""What queries answer about events: frozen values, times aware in UTC, texts in all their languages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.local_text import LocalText, Text
from app.events.rules.bodies import Speaker
from app.events.rules.schedule import Schedule
from app.events.rules.terms import BookingTimes, booking_times
from app.events.rules.vocabulary import CountedAs, EventKind, OccurrenceStatus, ProposedBy
from app.places.rules.vocabulary import PlaceKind
from geo.point import Point


@dataclass(frozen=True)
class PlaceOfEvent:
    """Where it happens: what a card and a calendar entry say of the place."""

    id: int
    public_id: str
    slug: str
    name: Text
    street_address: str
    postal_code: str
    locality: str
    country: str


@dataclass(frozen=True)
class Course:
    """The date on which a course is booked whole; `free_seats` are those of its fullest date, None where nobody books."""

    lead_id: int
    lead_public_id: str
    starts_at: datetime
    free_seats: int | None
    has_queue: bool


@dataclass(frozen=True)
class OccurrenceView:
    """One date with what its card shows. `capacity` and `free` are None where nobody needs to book.

    `cancel_reason` is why it does not take place, where its host said so; `previous_starts_at` when it began before the
    last change of its time. `email_optional`: it may be booked without an e-mail address. Those after the room
    are its event's. `course`: it is booked with all the dates of its event, or not at all.
    """

    id: int
    public_id: str
    event_id: int
    event_public_id: str
    event_slug: str
    title: LocalText
    kind: EventKind
    languages: tuple[str, ...]
    age_from_months: int | None
    age_to_months: int | None
    price: str
    tzid: str
    recurrence_id: datetime
    starts_at: datetime
    ends_at: datetime
    status: OccurrenceStatus
    capacity: int | None
    seats_taken: int
    has_queue: bool
    max_party: int
    sequence: int
    updated_at: datetime
    is_demo: bool
    place: PlaceOfEvent
    is_published: bool = True
    cancel_reason: Text | None = None
    previous_starts_at: datetime | None = None
    email_optional: bool = False
    room: str = ""
    counts_babies: bool = True
    pushchairs: int | None = None
    childcare: int | None = None
    opens_days: int | None = None
    closes_minutes: int = 0
    asks_ages: bool = False
    asks_needs: bool = False
    course: Course | None = None

    @property
    def free(self) -> int | None:
        """Seats that anybody can take now: while families wait, what is left is theirs."""
        left = None if self.capacity is None else self.capacity - self.seats_taken
        if self.course is not None:
            left = self.course.free_seats
        if left is None:
            return None
        return 0 if (self.course or self).has_queue else max(0, left)

    @property
    def booking_times(self) -> BookingTimes:
        """From when and until when it is booked: a course by its first date."""
        starts_at = self.course.starts_at if self.course else self.starts_at
        return booking_times(starts_at, self.tzid, self.opens_days, self.closes_minutes)

    @property
    def booking_id(self) -> str:
        """The public id of the date on which it is booked."""
        return self.course.lead_public_id if self.course else self.public_id

    @property
    def is_moved(self) -> bool:
        """Whether it takes place at another time than its rule said."""
        return self.status is OccurrenceStatus.SCHEDULED and self.starts_at != self.recurrence_id


@dataclass(frozen=True)
class EventView:
    """One event with everything that its page and its calendar entry say.

    `series_key`: the public id of the event that its series began as, where that changed from some date on.
    """

    id: int
    public_id: str
    uid: str
    slug: str
    kind: EventKind
    title: LocalText
    description: LocalText | None
    bring: LocalText | None
    languages: tuple[str, ...]
    age_from_months: int | None
    age_to_months: int | None
    price: str
    organisers: tuple[str, ...]
    partners: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    proposed_by: ProposedBy
    proposer: str
    room: str
    capacity: int | None
    counted_as: CountedAs
    counts_babies: bool
    pushchairs: int | None
    childcare: int | None
    max_party: int
    email_optional: bool
    opens_days: int | None
    closes_minutes: int
    one_per_email: bool
    booked_whole: bool
    confirms_email: bool
    asks_ages: bool
    asks_needs: bool
    topics: tuple[str, ...]
    sequence: int
    created_at: datetime
    updated_at: datetime
    is_demo: bool
    is_published: bool
    place: PlaceOfEvent
    location: Point
    access_notes: LocalText | None
    picture: str
    picture_alt: LocalText | None
    schedule: Schedule
    place_kind: PlaceKind = PlaceKind.OTHER
    series_key: str | None = None


@dataclass(frozen=True)
class OccurrenceDate:
    """One date as a calendar entry needs it; `room` where it is not that of its event, `reason` why it is off, if said."""

    public_id: str
    recurrence_id: datetime
    starts_at: datetime
    ends_at: datetime
    status: OccurrenceStatus
    sequence: int
    updated_at: datetime
    room: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class CalendarSource:
    """Everything a feed needs of one event: its schedule, the rows made from it, the feeds it belongs to."""

    event: EventView
    dates: tuple[OccurrenceDate, ...]
    territory_ids: tuple[int, ...]

    @property
    def duration(self) -> timedelta:
        """Exact length of each date."""
        return self.event.schedule.duration
