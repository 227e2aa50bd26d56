"""What families answered besides: for themselves, and for the host of their date."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.bookings.models import BookingAnswer
from app.core.database import db


@dataclass(frozen=True)
class AnswerView:
    """Ages in months; `needs` in the family's own words, "" where it wrote none."""

    ages: tuple[int, ...]
    needs: str


NOTHING_TOLD = AnswerView((), "")


def answers_of(booking_ids: Collection[int]) -> dict[int, AnswerView]:
    """By the key of the booking; one statement for all."""
    columns = (BookingAnswer.booking_id, BookingAnswer.ages, BookingAnswer.needs)
    rows = db.session.execute(sa.select(*columns).where(BookingAnswer.booking_id.in_(booking_ids)))
    return {row.booking_id: AnswerView(tuple(row.ages), row.needs) for row in rows}
