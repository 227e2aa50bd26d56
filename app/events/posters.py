"""Poster and sticker for the window of a place: what it is, how to reach its page, and the programme of the week."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from io import BytesIO
from textwrap import shorten
from zoneinfo import ZoneInfo

import segno

from app.core.database import project_root
from app.core.http import absolute
from app.core.local_text import Text
from app.core.phrasing import opening_a_line, side_by_side, time_text
from app.core.translation import gettext, ngettext
from app.core.translation import lazy_gettext as _l
from app.events import queries, wording
from app.events.cards import EventCard, event_card
from app.events.facts import OccurrenceView
from app.events.rules.filters import day_begins_at
from app.events.rules.vocabulary import OccurrenceStatus
from app.places.page_objects import SheetPage
from app.places.queries import StaffPlace
from app.places.rules.vocabulary import Amenity
from app.places.sheet import sheet_page

DAYS = 7
LONGEST = 60  # letters of a title: the sheet is one page whatever hosts write
ASKED = 60  # dates of a week that are looked at


class PosterSize(StrEnum):
    """What it is printed on; the sticker is 105 mm wide, four on an A4 sheet."""

    A4 = "a4"
    A5 = "a5"
    STICKER = "sticker"


SIZES = {PosterSize.A4: _l("Poster, A4"), PosterSize.A5: _l("Poster, A5"), PosterSize.STICKER: _l("Sticker")}
LINES = {PosterSize.A4: 7, PosterSize.A5: 5, PosterSize.STICKER: 0}


@dataclass(frozen=True)
class PosterLine:
    """One date of the week."""

    day_text: str
    time_text: str
    title: Text
    about_text: str


@dataclass(frozen=True)
class Poster:
    """Everything that stands on it, ready. `more_text` and `empty_text` are "" where they say nothing."""

    size: PosterSize
    sheet: SheetPage
    lead_text: str
    rule_text: str
    lines: tuple[PosterLine, ...]
    more_text: str
    empty_text: str
    printed_text: str
    qr: str
    logo: str


def poster(place: StaffPlace, size: PosterSize, at: datetime) -> Poster | None:
    """For a place that is published, else None. Four queries."""
    sheet = sheet_page(place.slug, at)
    if sheet is None:
        return None
    dates = _week(place, at) if LINES[size] else []
    lines = tuple(_line(view, event_card(view)) for view in dates[: LINES[size]])
    left = len(dates) - len(lines)
    return Poster(
        size=size, sheet=sheet, lead_text=_lead_text(sheet), rule_text=_rule_text(sheet), lines=lines,
        more_text=ngettext("and %(num)s more at the address below", "and %(num)s more at the address below", left) if left else "",
        empty_text="" if lines or not LINES[size] else gettext("Nothing is planned this week. What comes next stands at the address below."),
        printed_text=gettext("%(printed)s. How it is today:", printed=sheet.printed_text), qr=_qr(place.slug), logo=_logo(),
    )  # fmt: skip


def _lead_text(sheet: SheetPage) -> str:
    """What one can do there, as far as it is known; a poster hangs for weeks and promises nothing else."""
    known = {row.code for row in sheet.amenities}
    if {Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE} <= known:
        return gettext("Feed and change your baby here")
    if Amenity.BABY_FEEDING in known:
        return gettext("Feed your baby here")
    if Amenity.CHANGING_TABLE in known:
        return gettext("Change your baby here")
    return gettext("A corner for you and whoever is in your arms")


def _rule_text(sheet: SheetPage) -> str:
    fathers = [row.text for row in sheet.amenities if row.code == Amenity.CHANGING_TABLE_FATHERS]
    return side_by_side(sheet.lead_text, *fathers)


def _week(place: StaffPlace, at: datetime) -> list[OccurrenceView]:
    """What takes place from today on, on seven days of the place's own calendar."""
    today = at.astimezone(ZoneInfo(place.tzid)).date()
    end = day_begins_at(today + timedelta(days=DAYS), place.tzid)
    views = queries.upcoming(from_at=at, to_at=end, place_ids=[place.id], limit=ASKED)
    return [view for view in views if view.status is OccurrenceStatus.SCHEDULED]


def _line(view: OccurrenceView, card: EventCard) -> PosterLine:
    booking = gettext("book at the address below") if view.capacity is not None else gettext("just come")
    zone = ZoneInfo(view.tzid)
    day = view.starts_at.astimezone(zone).date()
    return PosterLine(
        opening_a_line(wording.day_text(day, day)), time_text(view.starts_at, zone), Text(shorten(card.title.value, LONGEST, placeholder="…"), card.title.lang),
        side_by_side(card.age_text, card.price_text, booking),
    )  # fmt: skip


def _qr(slug: str) -> str:
    image = BytesIO()
    code = segno.make(absolute("places.detail", slug=slug), error="m", micro=False)
    code.save(image, kind="svg", scale=4, border=2, light="#ffffff", svgclass=None, lineclass=None)
    return _inline(image.getvalue())


def _logo() -> str:
    return _inline((project_root() / "static/img/logo.svg").read_bytes())


def _inline(svg: bytes) -> str:
    """As an address that holds the picture itself: a PDF fetches nothing."""
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
