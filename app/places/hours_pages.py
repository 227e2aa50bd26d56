"""The page on which a host writes opening hours."""

from dataclasses import dataclass

from flask import url_for

from app.core import clock
from app.core.http import Link
from app.core.local_text import Text
from app.core.translation import gettext
from app.places.pages import locale_of
from app.places.queries import PlaceView
from app.places.regular_wording import exceptions, regular_text
from app.places.rules.hours import Unreadable
from app.places.rules.regular import regular_week
from app.places.rules.vocabulary import HoursOf
from app.places.rules.weekly_hours import read


@dataclass(frozen=True)
class HoursPage:
    """Whose hours, how they read today, and what the form cannot show (`raw`); `other` leads to the other hours."""

    place_id: str
    place_name: Text
    place_url: str
    title: str
    lead: str
    now_lines: list[str]
    raw: str | None
    other: Link | None
    is_saved: bool


def hours_page(place: PlaceView, of: HoursOf, *, is_saved: bool) -> HoursPage:
    """The words of the page."""
    host, corner = place.hours_texts
    text = corner if of is HoursOf.CORNER else host
    is_corner = of is HoursOf.CORNER
    return HoursPage(
        place_id=place.public_id, place_name=Text(place.name, place.name_language), place_url=f"/places/{place.slug}",
        title=gettext("Hours of the corner for parents") if is_corner else gettext("Opening hours"),
        lead=gettext("Leave all days empty if the corner can be used whenever the place is open.")
        if is_corner
        else gettext("Write from when to when. A day without times is closed. An end after midnight is of the next day."),
        now_lines=_lines(place, text), raw=text if text and read(text) is None else None,
        other=_other(place, is_corner=is_corner), is_saved=is_saved,
    )  # fmt: skip


def _lines(place: PlaceView, text: str) -> list[str]:
    """How everybody reads them: the regular week, and what departs from it."""
    if not text:
        return []
    try:
        week = regular_week(text, "", clock.today(place.tzid), locale_of(place))
    except Unreadable:
        return [text]
    return [line for line in (regular_text(week.days), *exceptions(week)) if line]


def _other(place: PlaceView, *, is_corner: bool) -> Link | None:
    if is_corner:
        return Link(gettext("Hours of the place"), url_for("hours.edit", place_id=place.public_id))
    if place.island is None:
        return None
    return Link(
        gettext("Hours of the corner for parents"), url_for("hours.edit_corner", place_id=place.public_id)
    )
