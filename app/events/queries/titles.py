"""What events and their dates are called, for lists that hold only ids."""

from collections.abc import Collection

import sqlalchemy as sa

from app.core.database import db
from app.core.i18n import local
from app.events.models import Event, Occurrence


def titles_of(public_ids: Collection[str]) -> dict[str, str]:
    """The title of each event, and of the event of each date, in the reader's language."""
    events = sa.select(Event.public_id, Event.title).where(Event.public_id.in_(public_ids))
    dates = sa.select(Occurrence.public_id, Event.title).join(Event, Event.id == Occurrence.event_id)
    rows = [
        *db.session.execute(events),
        *db.session.execute(dates.where(Occurrence.public_id.in_(public_ids))),
    ]
    texts = {public_id: local(title) for public_id, title in rows}
    return {public_id: text.value for public_id, text in texts.items() if text is not None}
