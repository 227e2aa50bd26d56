"""What families and hosts ask, already typed."""

from dataclasses import dataclass
from datetime import date, datetime

from app.core.local_text import LocalText
from app.spaces.rules.series import Every
from app.spaces.rules.status import SpaceKind


@dataclass(frozen=True)
class SaveSpace:
    """A space as its host describes it."""

    kind: SpaceKind
    name: LocalText
    description: LocalText | None
    seats: int
    slot_minutes: int
    opening_hours: str
    community_hours: str = ""
    buffer_minutes: int = 0
    notice_hours: int = 0
    window_days: int = 60
    max_per_week: int = 2
    needs_approval: bool = False
    is_published: bool = True


@dataclass(frozen=True)
class Reserve:
    """Some steps from a start on; the same key and address again are the same reservation."""

    starts_at: datetime
    steps: int
    name: str
    email: str
    purpose: str
    idempotency_key: str
    language: str


@dataclass(frozen=True)
class ReserveSeries:
    """What a host reserves itself, again and again until a day."""

    starts_at: datetime
    steps: int
    every: Every
    until: date
    name: str
    idempotency_key: str
    language: str


@dataclass(frozen=True)
class Decide:
    """A host accepts or declines a request, with words."""

    reservation: str
    is_accepted: bool
    words: str = ""
