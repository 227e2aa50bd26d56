"""Column types shared by all models: the same Python values on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect

from app.core.local_text import LocalText


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC in Python; timestamptz on PostgreSQL, ISO text in UTC on SQLite (which sorts as time does)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes: a time without a zone is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class LocalTextColumn(sa.types.TypeDecorator[LocalText]):
    """LocalText as one JSON value."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: LocalText | None, dialect: Dialect) -> dict[str, Any] | None:
        """Store {"original": "it", "texts": {...}}."""
        return None if value is None else value.to_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> LocalText | None:
        """Read it back."""
        return None if value is None else LocalText.from_json(value)


def enum_column(enum: type[StrEnum], name: str) -> sa.Enum:
    """A text column that holds only the values of a StrEnum, checked by the database itself.

    The CHECK constraint is named ck_<table>_<name>.
    """
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )
