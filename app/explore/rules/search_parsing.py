"""From query arguments to a Search: each malformed parameter is left out and named, the others hold."""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Any

from app.core.text import clean_line
from app.explore.rules.pasted import read_point
from app.explore.rules.search import (
    OPENING_HORIZON,
    OPENING_PAST,
    OpenAt,
    Search,
    Sort,
    View,
    ordered_amenities,
    ordered_kinds,
)
from app.places.rules.vocabulary import Amenity, PlaceKind
from geo.bbox import BBox
from geo.point import Point

MAX_CHOICES = 40
MAX_TEXT = 200
MAX_WORDS = 8
MAX_PAGE = 500
_CODE = re.compile(r"[a-z]{2,3}", re.ASCII)
_TIME = re.compile(r"(?:(\d{4})-(\d{2})-(\d{2})T)?(\d{2}):(\d{2})", re.ASCII)


class Reason(StrEnum):
    """Why a parameter was left out; the sentence for each stands in explore/sentences.py."""

    UNKNOWN_AMENITY = "unknown_amenity"
    UNKNOWN_KIND = "unknown_kind"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    NOT_A_FLAG = "not_a_flag"
    NOT_A_TIME = "not_a_time"
    BEYOND_HOURS = "beyond_hours"
    NOT_A_POINT = "not_a_point"
    NOT_A_BBOX = "not_a_bbox"
    UNKNOWN_SORT = "unknown_sort"
    UNKNOWN_VIEW = "unknown_view"
    NOT_A_PAGE = "not_a_page"
    NOT_A_LANGUAGE = "not_a_language"


@dataclass(frozen=True)
class Fault:
    """A known parameter that could not be read: its name, why, and what was typed (cut to 60 characters)."""

    parameter: str
    reason: Reason
    value: str = ""


class Unreadable(ValueError):
    """Raised by a reader; becomes a Fault of its parameter. `kept`: what could be read all the same."""

    def __init__(self, reason: Reason, value: str = "", kept: Any = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value
        self.kept = kept


@dataclass(frozen=True)
class Parsed:
    """The readable part as a Search, and a Fault for each part that is not."""

    search: Search
    faults: tuple[Fault, ...] = ()


def parse(arguments: Mapping[str, Sequence[str]]) -> Parsed:
    """Read the arguments (name → all its values); unknown names are ignored, empty values count as absent."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, (field_name, read) in READERS.items():
        given = [value for value in arguments.get(name, ()) if value.strip()]
        if not given:
            continue
        try:
            values[field_name] = read(given)
        except Unreadable as error:
            faults.append(Fault(name, error.reason, clean_line(error.value or given[-1])[:60]))
            if error.kept is not None:
                values[field_name] = error.kept
    return Parsed(Search(**values), tuple(faults))


def within_horizon(parsed: Parsed, now: datetime, zone: tzinfo) -> Parsed:
    """Leave out a moment for which opening hours are not worked out (the past, or two weeks ahead)."""
    wish = parsed.search.open
    if wish is None or wish.is_now:
        return parsed
    try:
        if now - OPENING_PAST <= wish.moment(now, zone) <= now + OPENING_HORIZON:
            return parsed
    except OverflowError:  # the first or the last day of the calendar, which has no moment in UTC
        pass
    fault = Fault("open", Reason.BEYOND_HOURS, str(wish))
    return Parsed(replace(parsed.search, open=None), (*parsed.faults, fault))


def _amenities(given: Sequence[str]) -> tuple[Amenity, ...]:
    known = ordered_amenities({Amenity(value) for value in given if value in {*Amenity}})
    _check_choices(given, {*Amenity}, Reason.UNKNOWN_AMENITY, known)
    return known


def _kinds(given: Sequence[str]) -> tuple[PlaceKind, ...]:
    known = ordered_kinds({PlaceKind(value) for value in given if value in {*PlaceKind}})
    _check_choices(given, {*PlaceKind}, Reason.UNKNOWN_KIND, known)
    return known


def _check_choices(given: Sequence[str], vocabulary: AbstractSet[str], reason: Reason, kept: Any) -> None:
    if len(given) > MAX_CHOICES:
        raise Unreadable(Reason.TOO_MANY, str(len(given)))
    unknown = next((value for value in given if value not in vocabulary), None)
    if unknown is not None:
        raise Unreadable(reason, unknown, kept)


def _flag(given: Sequence[str]) -> bool:
    if given[-1] not in {"0", "1"}:
        raise Unreadable(Reason.NOT_A_FLAG)
    return given[-1] == "1"


def _open(given: Sequence[str]) -> OpenAt:
    if given[-1] == "now":
        return OpenAt()
    match = _TIME.fullmatch(given[-1])
    if match is None:
        raise Unreadable(Reason.NOT_A_TIME)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])) if match[1] else None
        return OpenAt(day, time(int(match[4]), int(match[5])))
    except ValueError as error:
        raise Unreadable(Reason.NOT_A_TIME) from error


def _near(given: Sequence[str]) -> Point:
    point = read_point(given[-1])
    if point is None:
        raise Unreadable(Reason.NOT_A_POINT)
    return point


def _bbox(given: Sequence[str]) -> BBox:
    try:
        return BBox.parse(given[-1])
    except ValueError as error:
        raise Unreadable(Reason.NOT_A_BBOX) from error


def _text(given: Sequence[str]) -> str:
    text = clean_line(given[-1])
    if len(text) > MAX_TEXT or len(text.split()) > 4 * MAX_WORDS:
        raise Unreadable(Reason.TOO_LONG)
    return text


def _words(given: Sequence[str]) -> str:
    text = _text(given)
    if len(text.split()) > MAX_WORDS:
        raise Unreadable(Reason.TOO_LONG)
    return text


def _language(given: Sequence[str]) -> str:
    if not _CODE.fullmatch(given[-1]):
        raise Unreadable(Reason.NOT_A_LANGUAGE)
    return given[-1]


def _sort(given: Sequence[str]) -> Sort:
    if given[-1] not in {sort.value for sort in Sort}:
        raise Unreadable(Reason.UNKNOWN_SORT)
    return Sort(given[-1])


def _view(given: Sequence[str]) -> View:
    if given[-1] not in {view.value for view in View}:
        raise Unreadable(Reason.UNKNOWN_VIEW)
    return View(given[-1])


def _page(given: Sequence[str]) -> int:
    text = given[-1]
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= MAX_PAGE):
        raise Unreadable(Reason.NOT_A_PAGE)
    return int(text)


# parameter → (field of Search, how its values are read)
READERS: dict[str, tuple[str, Callable[[Sequence[str]], Any]]] = {
    "amenity": ("amenities", _amenities),
    "kind": ("kinds", _kinds),
    "island": ("island", _flag),
    "open": ("open", _open),
    "near": ("near", _near),
    "where": ("where", _text),
    "bbox": ("bbox", _bbox),
    "all": ("everything", _flag),
    "sort": ("sort", _sort),
    "view": ("view", _view),
    "page": ("page", _page),
    "q": ("q", _words),
    "language": ("language", _language),
}
