"""How fast facts grow old in this installation (settings TO_CONFIRM_DAYS and UNSURE_DAYS)."""

from typing import cast

from flask import current_app

from app.config import Settings
from app.places.rules.freshness import Decay


def decay() -> Decay:
    """The thresholds, in days."""
    settings = cast(Settings, current_app.extensions["settings"])
    return Decay(settings.to_confirm_days, settings.unsure_days)
