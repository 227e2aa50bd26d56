"""What was done to a place, its events and their dates: who, when, from what to what; ready for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.accounts.queries import names_of
from app.core.audit.models import Verb
from app.core.audit.queries import Deed
from app.core.local_text import Text
from app.core.pagination import PAGE_SIZE, Pagination, page_text
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events import wording
from app.events.queries.titles import titles_of
from app.places.labels import amenity_text
from app.places.queries import StaffPlace
from app.places.rules.vocabulary import Amenity

# Of each kind: what is said of an object that was made, changed or taken away.
WHAT: dict[tuple[str, Verb], Any] = {
    ("event", Verb.CREATED): _l("made «%(what)s»"),
    ("event", Verb.CHANGED): _l("changed «%(what)s»"),
    ("event", Verb.REMOVED): _l("removed «%(what)s»"),
    ("occurrence", Verb.CHANGED): _l("changed a date of «%(what)s»"),
    ("place", Verb.CHANGED): _l("changed what the page says"),
    ("role", Verb.CREATED): _l("%(what)s looks after the place"),
    ("role", Verb.REMOVED): _l("%(what)s no longer looks after it"),
}
COLUMNS: dict[str, Any] = {
    "title": _l("title"), "description": _l("description"), "bring": _l("what to bring"), "capacity": _l("places"),
    "starts_at": _l("begins"), "ends_at": _l("ends"), "status": _l("state"), "room": _l("room"), "price": _l("price"),
    "starts_local": _l("begins"), "rrule": _l("how often"), "is_published": _l("published"),
    "opening_hours": _l("opening hours"), "corner.opening_hours": _l("hours of the corner"), "name": _l("name"),
    "phone": _l("phone"), "email": _l("e-mail"), "website": _l("website"), "access_notes": _l("how to get in"),
    "cancel_reason": _l("why"), "duration_minutes": _l("minutes"),
}  # fmt: skip
VALUES: dict[object, Any] = {
    True: _l("yes"), False: _l("no"), "yes": _l("yes"), "no": _l("no"), "unknown": _l("not known"),
    "scheduled": _l("takes place"), "cancelled": _l("cancelled"), "postponed": _l("put off"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing: what it was before, and what it is since."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class DeedRow:
    """One deed in words."""

    when_text: str
    who: str
    what: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class HistoryPage:
    """All deeds of a page of the list, the newest first."""

    place_id: str
    place_name: Text
    rows: tuple[DeedRow, ...]
    pages: Pagination


def history_page(place: StaffPlace, found: Sequence[Deed], number: int) -> HistoryPage:
    """In the reader's language; `found` may hold one deed more than a page, which then is not the last one.

    What was done by a command on the machine has no name.
    """
    deeds = found[:PAGE_SIZE]
    people = names_of(
        {deed.actor for deed in deeds} | {deed.object_id for deed in deeds if deed.kind == "role"}
    )
    titles = titles_of({deed.object_id for deed in deeds if deed.kind in ("event", "occurrence")})
    rows = []
    for deed in deeds:
        sentence = WHAT.get((deed.kind, deed.verb))
        if sentence is None:
            continue
        name = (people if deed.kind == "role" else titles).get(
            deed.object_id, gettext("something that is gone")
        )
        steps = _steps(deed, place.tzid) if deed.verb is Verb.CHANGED else ()
        who = people.get(deed.actor) or gettext("The machine")
        rows.append(
            DeedRow(wording.moment_text(deed.at, place.tzid), who, str(sentence) % {"what": name}, steps)
        )
    pages = _pages(place, number, is_followed=len(found) > PAGE_SIZE)
    return HistoryPage(place.public_id, place.name, tuple(rows), pages)


def _pages(place: StaffPlace, number: int, *, is_followed: bool) -> Pagination:
    def url(page: int) -> str:
        return url_for("history.index", place_id=place.public_id, page=page)

    return Pagination(
        url(number - 1) if number > 1 else None, url(number + 1) if is_followed else None,
        page_text(number, None if is_followed else number),
    )  # fmt: skip


def _steps(deed: Deed, tzid: str) -> tuple[Step, ...]:
    known = [(name, pair) for name, pair in deed.changes.items() if _label(name)]
    return tuple(
        Step(_label(name), _value(before, tzid), _value(after, tzid)) for name, (before, after) in known
    )


def _label(column: str) -> str:
    amenity, _, part = column.partition(".")
    if part == "state" and amenity in set(Amenity):
        return str(amenity_text(Amenity(amenity)))
    return str(COLUMNS.get(column, ""))


def _value(value: object, tzid: str) -> str:
    if value is None or value == "":
        return gettext("nothing")
    if isinstance(value, bool | str) and value in VALUES:
        return str(VALUES[value])
    if isinstance(value, str) and len(value) > 18 and value[10:11] == "T" and "+" in value:
        return wording.moment_text(datetime.fromisoformat(value), tzid)
    return str(value)
