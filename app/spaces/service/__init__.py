"""What can be done with spaces: one verb, one transaction each."""

from app.spaces.service.deciding import cancel, decide, expire_requests, take_away
from app.spaces.service.forgetting import forget_past_reservations
from app.spaces.service.offering import offered
from app.spaces.service.reserving import Reserved, reserve, token_of
from app.spaces.service.saving import save_space
from app.spaces.service.series import reserve_series, take_up

__all__ = [
    "Reserved",
    "cancel",
    "decide",
    "expire_requests",
    "forget_past_reservations",
    "offered",
    "reserve",
    "reserve_series",
    "save_space",
    "take_away",
    "take_up",
    "token_of",
]
