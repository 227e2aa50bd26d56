"""Writing places: saving them, knowing when they are open, finding their territories, keeping their photos,
hearing votes and reports.
"""

from app.places.service.claims import (
    claim_place,
    claim_token,
    confirm_claim,
    decide_claim,
    forget_claims,
    propose_place,
)
from app.places.service.forgetting import forget_parents
from app.places.service.hosting import (
    accept_invitation,
    ask_with_slip,
    end_hosting,
    invite,
    make_slip,
    withdraw_invitation,
)
from app.places.service.hours import save_hours
from app.places.service.openings import refresh_openings
from app.places.service.photos import add_photo, describe_photo, move_photo, remove_photo
from app.places.service.reporting import answer_report, send_report, token_of
from app.places.service.saving import Outcome, save_each, save_places
from app.places.service.still_right import answer_still_right, ask_still_right
from app.places.service.territories import assign_territory
from app.places.service.voting import say_facts, vote

__all__ = [
    "Outcome",
    "accept_invitation",
    "add_photo",
    "answer_report",
    "answer_still_right",
    "ask_still_right",
    "ask_with_slip",
    "assign_territory",
    "claim_place",
    "claim_token",
    "confirm_claim",
    "decide_claim",
    "describe_photo",
    "end_hosting",
    "forget_claims",
    "forget_parents",
    "invite",
    "make_slip",
    "move_photo",
    "propose_place",
    "refresh_openings",
    "remove_photo",
    "save_each",
    "save_hours",
    "save_places",
    "say_facts",
    "send_report",
    "token_of",
    "vote",
    "withdraw_invitation",
]
