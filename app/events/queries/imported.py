"""Events that came from a calendar."""

import sqlalchemy as sa

from app.core.database import db
from app.events.models import Event


def imported_events(prefix: str) -> dict[str, str]:
    """Public ids by source key, of all events whose key begins so."""
    query = sa.select(Event.source_key, Event.public_id).where(
        Event.source_key.startswith(prefix, autoescape=True)
    )
    return {key: public_id for key, public_id in db.session.execute(query) if key is not None}
