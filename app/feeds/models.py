"""Calendar bytes stored when an event is saved, which feeds hold them, and one version row per feed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import UtcDateTime
from app.core.database import Base


class CalendarEntry(Base):
    """The VEVENT blocks (series and its exceptions) of one event in one language, folded, with CRLF."""

    __tablename__ = "calendar_entry"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    tzid: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)


class FeedEvent(Base):
    """An event stands in a feed. The rows tell what to join on reading, and which feeds change when it leaves one."""

    __tablename__ = "feed_event"

    key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    event_id: Mapped[int] = mapped_column(
        sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class FeedVersion(Base):
    """When a feed last changed; `key` is "network", "place:<id>", "territory:<id>" or "topic:<slug>"."""

    __tablename__ = "feed_version"

    key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
