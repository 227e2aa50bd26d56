"""Rows of a table, or of a GeoJSON file's properties, made into commands."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel.languages import get_official_languages

from app.core.local_text import LocalText
from app.core.text import clean_line, fold
from app.places.commands import AmenityFact, SavePlace
from app.places.importing import contacts
from app.places.importing.options import ImportOptions, Reading, Refusal
from app.places.importing.zones import home_of
from app.places.rules import coordinates, spoken
from app.places.rules.columns import Columns, recognise
from app.places.rules.coordinates import Numbers
from app.places.rules.saving import UnusablePlace, cleaned
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, PlaceKind
from geo.errors import GeometryError
from geo.naming import from_capitals

_READERS: Mapping[str, Callable[[str], Numbers]] = {
    "wkt": coordinates.from_wkt,
    "geojson": coordinates.from_geojson,
    "pair": coordinates.from_pair,
}


@dataclass(frozen=True)
class Row:
    """One record: its number as people count it, its cells, and its numbers where the file gives them apart."""

    number: int
    cells: Mapping[str, str]
    numbers: Numbers | GeometryError | None = None
    id: str = ""


def read_rows(rows: Sequence[Row], headers: Sequence[str], source: str, options: ImportOptions) -> Reading:
    """Every row as a command or a refusal."""
    columns = recognise(headers, [row.cells for row in rows], options.mapping)
    reading = Reading()
    numbers: dict[int, Numbers] = {}
    for row in rows:
        try:
            numbers[row.number] = _numbers(row, columns)
        except GeometryError as error:
            reading.refusals.append(Refusal(row.number, str(error)))
    swapped = coordinates.orientation(numbers, home_of(options.tzid))
    _warn_of_swapped(reading, swapped, columns)
    maker = _Maker(columns, source, options)
    for row in rows:
        if row.number not in numbers:
            continue
        pair = numbers[row.number]
        try:
            reading.commands.append(maker.command(row, pair.swapped() if row.number in swapped else pair))
        except (GeometryError, UnusablePlace) as error:
            reading.refusals.append(Refusal(row.number, str(error)))
    reading.refusals.sort(key=lambda refusal: refusal.row)
    return reading


def main_language(country: str) -> str:
    """The first official language of a country.

    >>> main_language("IT"), main_language("FI"), main_language("??")
    ('it', 'fi', 'en')
    """
    return next(iter(get_official_languages(country, de_facto=True)), "en")[:8]


def _numbers(row: Row, columns: Columns) -> Numbers:
    """From the file's own geometry, a WKT point, two columns, GeoJSON or a pair: the first that is filled."""
    if isinstance(row.numbers, GeometryError):
        raise row.numbers
    if row.numbers is not None:
        return row.numbers
    text = columns.value(row.cells, "wkt")
    if text:
        return coordinates.from_wkt(text)
    lon, lat = columns.value(row.cells, "lon"), columns.value(row.cells, "lat")
    if lon and lat:
        return Numbers(coordinates.number(lon), coordinates.number(lat))
    for name in ("geojson", "pair"):
        text = columns.value(row.cells, name)
        if text:
            return _READERS[name](text)
    raise GeometryError("there are no coordinates in this row")


def _warn_of_swapped(reading: Reading, swapped: coordinates.Orientation, columns: Columns) -> None:
    if swapped.whole_file:
        named = [columns.by_field[name] for name in ("lon", "lat") if name in columns.by_field]
        where = f" in the columns {' and '.join(named)}" if named else ""
        reading.warnings.append(
            f"Latitude and longitude are swapped{where}: as they are named, the places would lie far away. "
            f"They were read the other way round in {len(swapped.rows)} rows."
        )
    else:
        reading.warnings += [f"row {row}: latitude and longitude are swapped; read the other way round" for row in sorted(swapped.rows)]  # fmt: skip


class _Maker:
    """Makes commands of one file; remembers the ids it has seen."""

    def __init__(self, columns: Columns, source: str, options: ImportOptions) -> None:
        self._columns = columns
        self._source = source
        self._options = options
        self._language = main_language(options.country)
        self._rows_of_id: dict[str, int] = {}
        self._times_hashed: Counter[str] = Counter()
        titles = (columns.by_field.get(name, "") for name in ("id", "name", "street_address"))
        self._kind_of_file = next((kind for title in titles if (kind := spoken.kind_of_words(title))), None)

    def command(self, row: Row, numbers: Numbers) -> SavePlace:
        """The row as a cleaned command, or GeometryError or UnusablePlace."""
        kind_words = self._value(row, "kind")
        kind = self._options.kind or spoken.kind_of_words(kind_words) or self._kind_of_file or PlaceKind.OTHER
        street = self._street(row)
        name = self._value(row, "name") or clean_line(
            ", ".join(filter(None, (from_capitals(kind_words), street)))
        )
        if not name:
            raise UnusablePlace("there is no name in this row")
        locality = from_capitals(self._value(row, "locality"))
        postal_code = self._value(row, "postal_code")
        return cleaned(
            SavePlace(
                source=self._source,
                source_id=self._identity(row, name, street, postal_code, locality),
                name=spoken.shown_name(name, kind, self._language),
                name_language=self._language,
                kind=kind,
                location=numbers.point(),
                tzid=self._options.tzid,
                country=self._options.country,
                subdivision=self._options.subdivision,
                description=self._description(row),
                street_address=street,
                postal_code=postal_code,
                locality=locality,
                opening_hours=spoken.hours_as_osm(self._value(row, "opening_hours")),
                phone=contacts.usable_phone(self._value(row, "phone")),
                email=contacts.usable_email(self._value(row, "email")),
                website=contacts.usable_website(self._value(row, "website")),
                amenities=tuple(self._amenities(row, kind_words)),
            )
        )

    def _value(self, row: Row, name: str) -> str:
        return self._columns.value(row.cells, name)

    def _street(self, row: Row) -> str:
        street, number = from_capitals(self._value(row, "street_address")), self._value(row, "house_number")
        return clean_line(f"{street} {number}" if number and number not in street.split() else street)

    def _description(self, row: Row) -> LocalText | None:
        text = LocalText(self._language, {self._language: self._value(row, "description")})
        return LocalText.of(self._language, **text.texts) or None

    def _identity(self, row: Row, *facts: str) -> str:
        """The stable column, else a hash of name and address; what stands there twice is numbered."""
        stated = row.id or self._value(row, "id")
        if stated:
            first = self._rows_of_id.setdefault(stated, row.number)
            if first != row.number:
                raise UnusablePlace(f"the id {stated} is already that of row {first}")
            return stated[:120]
        digest = hashlib.sha256("\0".join(fold(fact) for fact in facts).encode()).hexdigest()[:20]
        self._times_hashed[digest] += 1
        times = self._times_hashed[digest]
        return digest if times == 1 else f"{digest}-{times}"

    def _amenities(self, row: Row, kind_words: str) -> Iterable[AmenityFact]:
        for amenity, header in self._columns.amenities.items():
            state = spoken.yes_or_no(row.cells.get(header, ""))
            if state is not None:
                yield AmenityFact(amenity, state, confirmed_by=ConfirmedBy.SOURCE)
        if Amenity.TOILETS not in self._columns.amenities and spoken.means_toilets(kind_words):
            yield AmenityFact(Amenity.TOILETS, AmenityState.YES, confirmed_by=ConfirmedBy.SOURCE)
