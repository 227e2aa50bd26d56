"""The list of devices, ready for the template."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.accounts.queries import SessionView
from app.core.phrasing import locale_in_force
from app.core.translation import gettext
from app.core.zone import network_tzid


@dataclass(frozen=True)
class DeviceRow:
    """One device; `is_here`: the one that asks."""

    id: str
    name: str
    seen_text: str
    is_here: bool


def day_text(moment: datetime) -> str:
    """A day in words, on the network's clocks."""
    day = moment.astimezone(ZoneInfo(network_tzid())).date()
    return str(format_date(day, "long", locale=locale_in_force()))


def device_rows(sessions: Iterable[SessionView], own_hash: str) -> list[DeviceRow]:
    """This device first, then the last used ones."""
    rows = [
        DeviceRow(
            one.public_id, one.device or gettext("A device that does not say its name"),
            gettext("last used on %(day)s", day=day_text(one.last_seen_at)), one.token_hash == own_hash,
        )
        for one in sessions
    ]  # fmt: skip
    return sorted(rows, key=lambda row: not row.is_here)
