"""Forget who had a space when; that it was used stays for the figures."""

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.tokens import random_token, token_hash
from app.spaces.models import Reservation
from app.spaces.rules.retention import KEEP_NAMES

BATCH = 200


@daily("spaces.forget")
def forget_past_reservations() -> None:
    """In batches, so that reservations can pass between them."""
    while _forget():
        pass


@patiently
def _forget() -> bool:
    old = (Reservation.ends_at < clock.now() - KEEP_NAMES, Reservation.email != "")
    with transaction() as session:
        found = session.scalars(sa.select(Reservation).where(*old).limit(BATCH)).all()
        for one in found:
            one.name = one.email = one.purpose = one.answer = ""
            one.public_id = public_id()
            one.token_hash, one.idempotency_key = token_hash(random_token()), token_hash(random_token())
        return len(found) == BATCH
