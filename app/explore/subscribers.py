"""What finding does when a place changes: move the stamp that remembered answers hang on."""

import secrets

from app.core import state
from app.explore.remembered import STAMP
from app.places.signals import place_removed, place_saved


@place_saved.connect
@place_removed.connect
def forget_answers(sender: object, *, place_id: int) -> None:
    """Inside the transaction of the change, so that the new answer is never kept under the old stamp."""
    state.write(STAMP, secrets.token_hex(8))
