"""Pages on which parents confirm a place, say what has changed, and report a problem."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for

from app.core.local_text import Text
from app.core.phrasing import side_by_side, time_text
from app.core.translation import gettext
from app.places import wording
from app.places.answers import amenity_answers
from app.places.cards import place_url
from app.places.page_objects import AmenityRow
from app.places.queries import PlaceView, ReportView
from app.places.report_labels import kind_text, status_text
from app.places.rules.trust import shown_text
from app.places.rules.vocabulary import AmenityState


@dataclass(frozen=True)
class TrustPage:
    """A place and what its page says of it: only facts that are known. `shown` is the same for the form."""

    id: str
    url: str
    name: Text
    facts: list[AmenityRow]
    shown: str
    confirmed_text: str | None
    changed_url: str
    report_url: str


@dataclass(frozen=True)
class AnswerRow:
    """What those who look after the place said, and when."""

    status_text: str
    when_text: str
    text: Text | None


@dataclass(frozen=True)
class ReportRow:
    """One report: what was met, in whose words, how it stands, and what was answered."""

    id: str
    kind_text: str
    when_text: str
    text: Text | None
    status: str
    status_text: str
    wants_answer: bool
    answers: list[AnswerRow]


@dataclass(frozen=True)
class ReportPage:
    """A report as whoever sent it sees it. `mail_text` says what happens with their address."""

    place_name: Text
    place_url: str
    report: ReportRow
    is_open: bool
    mail_text: str


def trust_page(place: PlaceView, at: datetime) -> TrustPage:
    """What is asked about."""
    answers = amenity_answers(place, at)
    return TrustPage(
        id=place.public_id,
        url=place_url(place.slug),
        name=Text(place.name, place.name_language),
        facts=[row for row in answers.rows if row.state != AmenityState.UNKNOWN],
        shown=shown_text((fact.amenity, fact.state) for fact in place.amenities),
        confirmed_text=answers.confirmed_text,
        changed_url=url_for("trust.changed", slug=place.slug),
        report_url=url_for("reports.new", slug=place.slug),
    )


def report_page(place: PlaceView, report: ReportView) -> ReportPage:
    """The page behind a report's personal link."""
    row = report_row(report, place.tzid)
    if report.email:
        mail_text = gettext(
            "We write to the address that you left as soon as there is an answer, and then erase it."
        )
    else:
        mail_text = gettext("Keep the address of this page: the answer will stand here.")
    return ReportPage(
        Text(place.name, place.name_language), place_url(place.slug), row, not row.answers, mail_text
    )


def report_row(report: ReportView, tzid: str) -> ReportRow:
    """One report in words, on the clocks of the place."""
    return ReportRow(
        id=report.public_id,
        kind_text=kind_text(report.kind),
        when_text=moment_text(report.created_at, tzid),
        text=report.text if report.text.value else None,
        status=report.status.value,
        status_text=status_text(report.status),
        wants_answer=report.email is not None,
        answers=[
            AnswerRow(
                status_text(one.status),
                moment_text(one.created_at, tzid),
                one.text if one.text.value else None,
            )
            for one in report.answers
        ],
    )


def moment_text(moment: datetime, tzid: str) -> str:
    """Day and hour: "23 November 2026 · 10:05"."""
    zone = ZoneInfo(tzid)
    return side_by_side(wording.day_text(moment.astimezone(zone).date(), "d MMMM y"), time_text(moment, zone))
