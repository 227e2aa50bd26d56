"""Details have their day; that something was done, by whom and when, stays."""

from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.audit.models import AuditDetail, AuditEntry
from app.core.jobs import daily
from app.core.retention import remove_ended

KEEP_DETAILS = timedelta(days=730)


@daily("core.audit")
def forget_details() -> None:
    """After two years the values go; the chain holds without them."""
    old = sa.select(AuditEntry.id).where(AuditEntry.at < clock.now() - KEEP_DETAILS)
    remove_ended(AuditDetail.entry_id, AuditDetail.entry_id.in_(old))
