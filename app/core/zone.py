"""The network's time zone: day filters and times of day follow it (decisions.md, Time)."""

from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

from app.config import Settings


def network_tzid() -> str:
    """Its IANA name."""
    return cast(Settings, current_app.extensions["settings"]).tzid


def network_zone() -> ZoneInfo:
    """The zone itself."""
    return ZoneInfo(network_tzid())
