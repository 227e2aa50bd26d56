"""OpenStreetMap by its tags: extracts, Overpass answers, and GeoJSON made of either."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core.local_text import LocalText
from app.core.text import clean_line
from app.places.commands import AmenityFact, SavePlace
from app.places.importing import contacts
from app.places.importing.options import OSM_SOURCE, ImportOptions, Reading, Refusal
from app.places.importing.rows import main_language
from app.places.rules.coordinates import Numbers
from app.places.rules.saving import UnusablePlace, cleaned
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, PlaceKind
from geo import osm
from geo.errors import GeometryError

TOILETS_NAME = "WC"  # the same in every language
_DETAILS: Mapping[str, LocalText] = {
    "unisex_toilet": LocalText.of("en", en="in a unisex toilet", it="in un bagno per tutti", ar="في حمّام مشترك"),
    "wheelchair_toilet": LocalText.of("en", en="in the accessible toilet", it="nel bagno accessibile", ar="في الحمّام المهيّأ"),
    "female_toilet": LocalText.of("en", en="in the women's toilet", it="nel bagno delle donne", ar="في حمّام النساء"),
    "male_toilet": LocalText.of("en", en="in the men's toilet", it="nel bagno degli uomini", ar="في حمّام الرجال"),
    "dedicated_room": LocalText.of("en", en="in a room of its own", it="in una stanza apposta", ar="في غرفة مخصّصة"),
    "room": LocalText.of("en", en="in a room of its own", it="in una stanza apposta", ar="في غرفة مخصّصة"),
    "customers": LocalText.of("en", en="for customers", it="per i clienti", ar="للزبائن"),
    "limited": LocalText.of("en", en="there is one low step", it="c'è un gradino basso", ar="توجد درجة منخفضة"),
}  # fmt: skip
_CHECKED = ("check_date", "survey:date", "check_date:changing_table", "check_date:opening_hours")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True)
class Element:
    """A tagged thing with its number in the file and its id as "n/123"."""

    number: int
    id: str
    tags: Mapping[str, str]
    numbers: Numbers | GeometryError | None


def read_osm(path: Path, options: ImportOptions) -> Reading:
    """All places of an extract (.osm.pbf, .osm) or an Overpass answer."""
    elements = (
        Element(number, element.id, element.tags, Numbers(element.point.lon, element.point.lat))
        for number, element in enumerate(osm.read_osm_file(path), start=1)
    )
    return read_elements(elements, options.source or OSM_SOURCE, options)


def read_elements(elements: Iterable[Element], source: str, options: ImportOptions) -> Reading:
    """Places as commands; what is no place is left out, what cannot be used refused."""
    reading = Reading()
    for element in elements:
        kind = osm.place_kind(element.tags)
        if kind is None:
            reading.left_out += 1
            continue
        try:
            reading.commands.append(_command(element, PlaceKind(kind), source, options))
        except (GeometryError, UnusablePlace) as error:
            reading.refusals.append(Refusal(element.number, str(error)))
    return reading


def _command(element: Element, kind: PlaceKind, source: str, options: ImportOptions) -> SavePlace:
    tags = element.tags
    if not isinstance(element.numbers, Numbers):
        raise element.numbers or GeometryError("there are no coordinates")
    address, contact = osm.address(tags), osm.contacts(tags)
    country = address.country if re.fullmatch("[A-Z]{2}", address.country) else options.country
    return cleaned(
        SavePlace(
            source=source,
            source_id=element.id,
            name=_name(tags),
            name_language=main_language(country),
            kind=options.kind or kind,
            location=element.numbers.point(),
            tzid=options.tzid,
            country=country,
            subdivision=options.subdivision,
            street_address=address.street,
            postal_code=address.postcode,
            locality=address.city,
            opening_hours=clean_line(tags.get("opening_hours", "")),
            phone=contacts.usable_phone(contact.phone),
            email=contacts.usable_email(contact.email),
            website=contacts.usable_website(contact.website),
            languages=tuple(osm.languages(tags)),
            amenities=_facts(tags),
        )
    )


def _name(tags: Mapping[str, str]) -> str:
    """The name, else whose it is; a public toilet needs none."""
    name = tags.get("name") or tags.get("brand") or tags.get("operator") or ""
    if tags.get("amenity") == "toilets" and not tags.get("name"):
        name = TOILETS_NAME
    if not name.strip():
        raise UnusablePlace("it has no name")
    return name


def _facts(tags: Mapping[str, str]) -> tuple[AmenityFact, ...]:
    days = [tags[key] for key in _CHECKED if _DAY.match(tags.get(key, ""))]
    confirmed_on = _day(max(days)) if days else None
    return tuple(
        AmenityFact(Amenity(code), AmenityState(state), _detail(detail), confirmed_on, ConfirmedBy.SOURCE)
        for code, (state, detail) in osm.amenities(tags).items()
    )


def _detail(detail: str | None) -> LocalText | None:
    if not detail:
        return None
    first = detail.split(";")[0]
    return _DETAILS.get(first)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
