"""Pages of those who look after a place: what parents reported, and how things are there today."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.core.local_text import Text
from app.core.pagination import PAGE_SIZE, Pagination, page_text
from app.core.translation import gettext
from app.places.answers import amenity_answers
from app.places.page_objects import AmenityRow
from app.places.queries import PlaceView, ReportView, StaffPlace, reports_of_place
from app.places.rules.reports import ReportStatus, may_move
from app.places.trust_pages import ReportRow, report_row


@dataclass(frozen=True)
class CareRow:
    """A report with the steps that can follow: codes of ReportStatus."""

    report: ReportRow
    steps: frozenset[str]


@dataclass(frozen=True)
class CarePage:
    """The reports of one place, newest first."""

    place_id: str
    place_name: Text
    place_url: str | None
    rows: list[CareRow]
    pages: Pagination
    empty_text: str


@dataclass(frozen=True)
class FactsPage:
    """What the page of a place says, row by row in vocabulary order."""

    place_id: str
    place_name: Text
    place_url: str
    rows: dict[str, AmenityRow]


def care_page(place: StaffPlace, number: int) -> CarePage:
    """Two statements: the reports of this page (and one more, to know whether another page follows), their answers."""
    found = reports_of_place(place.id, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    nothing = gettext("Nobody has reported anything.")
    return CarePage(
        place_id=place.public_id,
        place_name=place.name,
        place_url=f"/places/{place.slug}" if place.is_published else None,
        rows=[_row(report, place.tzid) for report in found[:PAGE_SIZE]],
        pages=_pages(place, number, is_followed=len(found) > PAGE_SIZE),
        empty_text=nothing if number == 1 else gettext("The list ends before this page."),
    )


def facts_page(place: PlaceView, at: datetime) -> FactsPage:
    """Each amenity with its freshness, the same words as on the public page."""
    rows = {row.code: row for row in amenity_answers(place, at).rows}
    return FactsPage(place.public_id, Text(place.name, place.name_language), f"/places/{place.slug}", rows)


def _row(report: ReportView, tzid: str) -> CareRow:
    steps = frozenset(status.value for status in ReportStatus if may_move(report.status, status))
    return CareRow(report_row(report, tzid), steps)


def _pages(place: StaffPlace, number: int, *, is_followed: bool) -> Pagination:
    def url(page: int) -> str:
        return url_for("care.reports", place_id=place.public_id, page=page)

    before = url(number - 1) if number > 1 else None
    return Pagination(before, url(number + 1) if is_followed else None, page_text(number, None))
