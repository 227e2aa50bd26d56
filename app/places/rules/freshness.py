"""How much a confirmation is worth as time passes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Decay:
    """After how many days a fact is to be confirmed again, and after how many nobody can be sure of it."""

    to_confirm_days: int = 90
    unsure_days: int = 180


class Freshness(StrEnum):
    """Never confirmed, confirmed, to be confirmed again, or too old to rely on."""

    NEVER = "never"
    FRESH = "fresh"
    TO_CONFIRM = "to_confirm"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Confirmation:
    """How fresh a fact is, and how many days ago it was confirmed (None: never)."""

    freshness: Freshness
    days: int | None


def confirmation(confirmed_on: date | None, today: date, decay: Decay) -> Confirmation:
    """Judge a confirmation date; one in the future (another zone's today) counts as today.

    >>> confirmation(date(2026, 11, 10), date(2026, 11, 22), Decay())
    Confirmation(freshness=<Freshness.FRESH: 'fresh'>, days=12)
    >>> confirmation(date(2026, 5, 1), date(2026, 11, 22), Decay()).freshness
    <Freshness.UNSURE: 'unsure'>
    """
    if confirmed_on is None:
        return Confirmation(Freshness.NEVER, None)
    days = max(0, (today - confirmed_on).days)
    if days > decay.unsure_days:
        return Confirmation(Freshness.UNSURE, days)
    return Confirmation(Freshness.TO_CONFIRM if days > decay.to_confirm_days else Freshness.FRESH, days)
