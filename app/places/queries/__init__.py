"""Reading places: one in full, many for a list, how they stand now."""

from app.places.queries.detail import (
    AmenityView,
    IslandView,
    PlaceView,
    ProfessionalView,
    current_slug,
    opening_rows,
    place_by_id,
    place_by_slug,
    territory_ids,
)
from app.places.queries.listing import (
    ListedPlace,
    listed,
    opening_states,
)
from app.places.queries.reports import (
    ReportAnswerView,
    ReportView,
    count_open_reports,
    report_by_public_id,
    report_by_token,
    reports_of_place,
)
from app.places.queries.staff import (
    Scope,
    StaffPlace,
    count_places,
    places_looked_after,
    staff_place,
    territories_inside,
)

__all__ = [
    "AmenityView",
    "IslandView",
    "ListedPlace",
    "PlaceView",
    "ProfessionalView",
    "ReportAnswerView",
    "ReportView",
    "Scope",
    "StaffPlace",
    "count_open_reports",
    "count_places",
    "current_slug",
    "listed",
    "opening_rows",
    "opening_states",
    "place_by_id",
    "place_by_slug",
    "places_looked_after",
    "report_by_public_id",
    "report_by_token",
    "reports_of_place",
    "staff_place",
    "territories_inside",
    "territory_ids",
]
