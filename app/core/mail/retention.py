"""Mails that were sent are forgotten after a month: their rows, and their copies where mail is written to files."""

from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from flask import current_app

from app.config import Settings
from app.core import clock
from app.core.jobs import daily
from app.core.mail.models import OutboxMessage
from app.core.retention import remove_ended

KEPT = timedelta(days=30)
FILES = 10_000  # a run
SUFFIXES = frozenset({".eml", ".part"})


@daily("mail.forget")
def forget_sent() -> None:
    """What was sent, or given up, more than 30 days ago; by then nothing asks whether it was said already."""
    before = clock.now() - KEPT
    remove_ended(OutboxMessage.id, sa.or_(OutboxMessage.sent_at < before, OutboxMessage.dead_at < before))
    settings = cast(Settings, current_app.extensions["settings"])
    remove_letters(settings.data_dir / "mail", before)


def remove_letters(folder: Path, before: datetime) -> None:
    """Delete the copies that were written before this moment; other files stay."""
    if not folder.is_dir():
        return
    letters = (path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    old = (path for path in letters if path.stat().st_mtime < before.timestamp())
    for path in list(islice(old, FILES)):
        path.unlink(missing_ok=True)  # another worker may have been here
