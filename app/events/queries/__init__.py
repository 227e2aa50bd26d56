"""Reading events: the programme as everybody sees it, and dates as those who look after places do."""

from app.events.queries.programme import (
    MOST_COUNTED,
    calendar_source,
    count_upcoming,
    event_by_id,
    event_by_slug,
    event_ids_of_place,
    next_of_places,
    occurrence_by_id,
    occurrence_view,
    place_of,
    schedule_of,
    territory_ids_of,
    upcoming,
    upcoming_of_place,
)
from app.events.queries.staff import (
    coming_counts,
    dates_of_place,
    first_date_of,
    first_of_places,
    number_before,
    occurrence_for_staff,
)

__all__ = [
    "MOST_COUNTED",
    "calendar_source",
    "coming_counts",
    "count_upcoming",
    "dates_of_place",
    "event_by_id",
    "event_by_slug",
    "event_ids_of_place",
    "first_date_of",
    "first_of_places",
    "next_of_places",
    "number_before",
    "occurrence_by_id",
    "occurrence_for_staff",
    "occurrence_view",
    "place_of",
    "schedule_of",
    "territory_ids_of",
    "upcoming",
    "upcoming_of_place",
]
