"""Writing places: saving them, knowing when they are open, finding their territories, hearing votes and reports."""

from app.places.service.forgetting import forget_parents
from app.places.service.openings import refresh_openings
from app.places.service.reporting import answer_report, send_report, token_of
from app.places.service.saving import Outcome, save_each, save_places
from app.places.service.territories import assign_territory
from app.places.service.voting import say_facts, vote

__all__ = [
    "Outcome",
    "answer_report",
    "assign_territory",
    "forget_parents",
    "refresh_openings",
    "save_each",
    "save_places",
    "say_facts",
    "send_report",
    "token_of",
    "vote",
]
