"""A space with hours every day, made through the services that the product uses."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.local_text import LocalText
from app.places.queries import StaffPlace, staff_place
from app.spaces import service
from app.spaces.commands import Reserve, SaveSpace
from app.spaces.queries import SpaceView, space_by_public_id
from app.spaces.rules.status import SpaceKind
from tests.app.events.factory import make_place

ROME = ZoneInfo("Europe/Rome")


def space_command(**changes: Any) -> SaveSpace:
    facts: dict[str, Any] = {
        "kind": SpaceKind.HALL, "name": LocalText.of("it", it="Sala", en="Hall"), "description": None, "seats": 20,
        "slot_minutes": 60, "opening_hours": "Mo-Su 09:00-19:00",
    }  # fmt: skip
    return SaveSpace(**(facts | changes))


def make_space(place: StaffPlace | None = None, **changes: Any) -> SpaceView:
    home = place or staff_place(make_place())
    return space_by_public_id(service.save_space(home.id, space_command(**changes)))


def moment(days: int, hour: int = 10) -> datetime:
    day = clock.now().astimezone(ROME).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), ROME)


def wish(number: int = 1, **changes: Any) -> Reserve:
    facts: dict[str, Any] = {
        "starts_at": moment(3), "steps": 1, "name": f"Famiglia {number}", "email": f"f{number}@example.org",
        "purpose": "Festa", "idempotency_key": f"key-{number}", "language": "it",
    }  # fmt: skip
    return Reserve(**(facts | changes))
