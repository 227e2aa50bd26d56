"""What has had its day is removed: in short transactions, and no more in one run than a run can bear."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.core.database import transaction

BATCH = 200  # rows a transaction: a few milliseconds each, so that nobody waits
BATCHES = 100  # a run; what is left goes the next day


def remove_ended(key: InstrumentedAttribute[int], *ended: sa.ColumnElement[bool]) -> int:
    """Delete the rows that `ended` describes; `key` is their table's primary key. Returns how many went."""
    removed = 0
    for _ in range(BATCHES):
        with transaction() as session:
            chosen = session.scalars(sa.select(key).where(*ended).limit(BATCH)).all()
            if chosen:
                model: Any = key.class_
                session.execute(sa.delete(model).where(key.in_(chosen)))
        removed += len(chosen)
        if len(chosen) < BATCH:
            break
    return removed
