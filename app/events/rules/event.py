"""What an event must be to be saved; the database's own checks are the last defence behind these."""

from app.core.errors import Invalid
from app.core.local_text import LocalText
from app.events.commands import SaveEvent

MAX_TITLE = 160
MAX_TEXT = 5_000
MAX_AGE_MONTHS = 1_200


class EventNotValid(Invalid):
    """A field of the event cannot be taken; `details["field"]` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


def check_event(command: SaveEvent) -> None:
    """Raise EventNotValid for the first field that cannot be stored."""
    limits = (
        ("title", _fits(command.title, MAX_TITLE) and bool(command.title)),
        ("description", _fits(command.description, MAX_TEXT)),
        ("bring", _fits(command.bring, MAX_TEXT)),
        ("duration_minutes", 5 <= command.duration_minutes <= 20_160),
        ("capacity", _seats_fit(command.capacity)),
        ("max_party", 1 <= command.max_party <= 100),
        ("age", _ages_fit(command.age_from_months, command.age_to_months)),
        ("price", len(command.price) <= 60),
        ("organiser", len(command.organiser) <= 200),
        ("source_key", len(command.source_key or "") <= 120),
    )
    for field, holds in limits:
        if not holds:
            raise EventNotValid(field)


def check_capacity(capacity: int | None) -> None:
    """Raise EventNotValid for a number of seats that no date can have; None means that nobody needs to book."""
    if not _seats_fit(capacity):
        raise EventNotValid("capacity")


def _seats_fit(capacity: int | None) -> bool:
    return capacity is None or 1 <= capacity <= 10_000


def _fits(text: LocalText | None, most: int) -> bool:
    return text is None or all(len(value) <= most for value in text.texts.values())


def _ages_fit(youngest: int | None, oldest: int | None) -> bool:
    known = [age for age in (youngest, oldest) if age is not None]
    return all(-9 <= age <= MAX_AGE_MONTHS for age in known) and known == sorted(known)
