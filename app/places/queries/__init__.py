"""Reading places: one in full, many for a list, how they stand now."""

from app.places.queries.detail import (
    AmenityView,
    AreaView,
    IslandView,
    PlaceView,
    ProfessionalView,
    areas_of,
    current_slug,
    opening_rows,
    place_by_id,
    place_by_slug,
)
from app.places.queries.listing import (
    ListedPlace,
    listed,
    opening_states,
)
from app.places.queries.photos import FileView, PhotoView, StoredFile, first_jpeg, photo_file, photos_of
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
    staff_place_by_id,
    territories_inside,
    territory_ids,
)

__all__ = [
    "AmenityView",
    "AreaView",
    "FileView",
    "IslandView",
    "ListedPlace",
    "PhotoView",
    "PlaceView",
    "ProfessionalView",
    "ReportAnswerView",
    "ReportView",
    "Scope",
    "StaffPlace",
    "StoredFile",
    "areas_of",
    "count_open_reports",
    "count_places",
    "current_slug",
    "first_jpeg",
    "listed",
    "opening_rows",
    "opening_states",
    "photo_file",
    "photos_of",
    "place_by_id",
    "place_by_slug",
    "places_looked_after",
    "report_by_public_id",
    "report_by_token",
    "reports_of_place",
    "staff_place",
    "staff_place_by_id",
    "territories_inside",
    "territory_ids",
]
