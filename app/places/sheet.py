"""A place on one sheet of paper, for its window: its regular week, not this week's dates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from app.core.http import absolute
from app.core.i18n import chosen_language
from app.core.local_text import Text
from app.core.phrasing import listed, opening_a_line, side_by_side
from app.core.translation import gettext
from app.places import labels, wording
from app.places.answers import amenity_answers
from app.places.cards import place_url
from app.places.page_objects import AmenityRow, HoursRow, SheetPage
from app.places.pages import address_text, has_own_corner_hours, island_text, locale_of, raw_hours
from app.places.queries import PlaceView, place_by_slug
from app.places.regular_wording import exceptions
from app.places.rules.hours import is_readable, is_uncertain
from app.places.rules.regular import RegularWeek, regular_week
from app.places.rules.vocabulary import Amenity, AmenityState


def sheet_page(slug: str, at: datetime) -> SheetPage | None:
    """The sheet of the published place at this address, or None. Three queries."""
    place = place_by_slug(slug)
    if place is None:
        return None
    rows = amenity_answers(place, at).rows
    today = at.astimezone(ZoneInfo(place.tzid)).date()
    week = _week(place, today)
    return SheetPage(
        id=place.public_id,
        url=place_url(place.slug),
        name=Text(place.name, place.name_language),
        kind_text=labels.kind_text(place.kind),
        address_text=address_text(place),
        is_demo=place.is_demo,
        island_text=island_text(place),
        lead_text=_lead_text(rows),
        amenities=[row for row in rows if _is(row, AmenityState.YES) and row.code != Amenity.NO_PURCHASE],
        ask_text=_ask_text(rows),
        hours_title=_hours_title(place),
        hours_rows=_hours_rows(place, week) if week else [],
        hours_text=raw_hours(place),
        exceptions=exceptions(week) if week else [],
        qr_svg_url=f"{place_url(place.slug)}/qr.svg",
        web_address=absolute("places.detail", slug=place.slug).partition("://")[2],
        printed_text=gettext("Printed on %(date)s", date=wording.day_text(today, "d MMMM y")),
    )


def _week(place: PlaceView, today: date) -> RegularWeek | None:
    """None where the hours are not known, or cannot be read: they are shown as written then."""
    texts = [text for text in place.hours_texts if text]
    if not texts or not all(is_readable(text) for text in texts):
        return None
    return regular_week(*place.hours_texts, today, locale_of(place))


def _hours_rows(place: PlaceView, week: RegularWeek) -> list[HoursRow]:
    names = get_day_names("wide", context="stand-alone", locale=chosen_language())
    uncertain = any(is_uncertain(text) for text in place.hours_texts)
    return [
        HoursRow(
            opening_a_line(names[number]),
            wording.stretches_text(stretches, is_uncertain=uncertain),
            is_today=False,
        )
        for number, stretches in enumerate(week.days)
    ]


def _hours_title(place: PlaceView) -> str:
    if has_own_corner_hours(place):
        return gettext("Hours of the corner for parents")
    return gettext("Opening hours")


def _is(row: AmenityRow, state: AmenityState) -> bool:
    """A sheet hangs for months: what is doubted is no answer on it."""
    return row.state == state.value and not row.is_doubted


def _lead_text(rows: list[AmenityRow]) -> str | None:
    """The rules of the network, where they hold: nothing need be bought, nothing booked."""
    there = {row.code: row.text for row in rows if _is(row, AmenityState.YES)}
    is_corner = there.keys() & {Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE}
    no_booking = gettext("Feeding and changing need no booking") if is_corner else None
    return side_by_side(there.get(Amenity.NO_PURCHASE), no_booking) or None


def _ask_text(rows: list[AmenityRow]) -> str | None:
    """On one line what nobody has told us of."""
    unknown = [row.text for row in rows if row.is_doubted or _is(row, AmenityState.UNKNOWN)]
    return gettext("Ask about: %(things)s", things=listed(unknown)) if unknown else None
