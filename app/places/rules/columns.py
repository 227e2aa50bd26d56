"""Which column of a table is which fact: recognised by synonyms (it, en, fr) and by what stands in it, never by file name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.text import fold
from app.places.rules.coordinates import looks_like_geojson, looks_like_pair, looks_like_wkt
from app.places.rules.vocabulary import Amenity

# Best first; "*" stands for any further words.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "uuid", "source id", "osm id", "codice", "code", "identifiant", "identificativo", "codice *", "id *",
           "cod *", "code *", "* id"),
    "name": ("name", "nome", "nom", "denominazione", "ragione sociale", "insegna", "title", "titolo", "libelle",
             "denominazione *", "descrizione *", "nome *", "denom *", "name *", "nom *"),
    "street_address": ("indirizzo", "address", "adresse", "street address", "addr street", "street", "via", "voie",
                       "indirizzo *", "address *", "adresse *"),
    "house_number": ("civico", "numero civico", "house number", "housenumber", "addr housenumber", "numero",
                     "civico *"),
    "postal_code": ("cap", "postcode", "postal code", "zip", "zip code", "addr postcode", "code postal",
                    "codice postale", "arrondissement", "cap *"),
    "locality": ("comune", "city", "citta", "town", "ville", "commune", "localita", "addr city", "locality",
                 "comune *", "localita *"),
    "lat": ("lat", "latitude", "latitudine", "y", "coory", "coord y", "coordinata y", "coordinata geografica y",
            "lat *", "latitud*", "* latitude", "* latitudine"),
    "lon": ("lon", "lng", "long", "longitude", "longitudine", "x", "coorx", "coord x", "coordinata x",
            "coordinata geografica x", "lon *", "long *", "longitud*", "* longitude", "* longitudine"),
    "opening_hours": ("opening hours", "orari di apertura", "orario di apertura", "orari", "orario", "horaires",
                      "horaire", "hours"),
    "phone": ("phone", "telefono", "telephone", "tel", "contact phone", "recapito telefonico", "telefono *"),
    "email": ("email", "e mail", "mail", "posta elettronica", "courriel", "contact email", "email *"),
    "website": ("website", "sito web", "sito internet", "sito", "url", "site web", "web", "contact website", "url *"),
    "kind": ("kind", "tipo", "type", "categoria", "category", "tipologia", "categorie"),
    "description": ("description", "descrizione"),
    "languages": ("languages", "lingue", "langues"),
}  # fmt: skip
AMENITY_SYNONYMS: Mapping[Amenity, tuple[str, ...]] = {
    Amenity.BABY_FEEDING: (
        "baby feeding",
        "allattamento",
        "angolo allattamento",
        "allaitement",
        "nursing room",
    ),
    Amenity.CHANGING_TABLE: ("changing table", "fasciatoio", "relais bebe", "table a langer", "diaper"),
    Amenity.CHANGING_TABLE_FATHERS: (
        "changing table fathers",
        "fasciatoio papa",
        "fasciatoio anche per i papa",
    ),
    Amenity.PLAY_AREA: ("play area", "area giochi", "kids area", "espace jeux", "angolo giochi"),
    Amenity.BOTTLE_WARMER: ("bottle warmer", "scaldabiberon", "chauffe biberon"),
    Amenity.MICROWAVE: ("microwave", "microonde", "forno a microonde", "micro ondes"),
    Amenity.WATER: ("water", "acqua", "acqua potabile", "drinking water", "eau potable"),
    Amenity.BABY_SCALE: ("baby scale", "bilancia", "bilancia pesa bebe", "bilancia neonati", "pese bebe"),
    Amenity.BREAST_PUMP_HIRE: ("breast pump hire", "noleggio tiralatte", "tiralatte"),
    Amenity.STROLLER: ("stroller", "passeggino", "posto passeggino", "poussette", "pushchair"),
    Amenity.TOILETS: ("toilets", "bagno", "servizi igienici", "toilettes", "wc"),
    Amenity.STEP_FREE: (
        "step free",
        "wheelchair",
        "accessibile",
        "accesso disabili",
        "senza gradini",
        "acces pmr",
    ),
    Amenity.PRIVACY: ("privacy", "riservatezza", "intimite"),
    Amenity.NO_PURCHASE: ("no purchase", "senza acquisto", "gratis senza acquisto", "sans achat"),
}
SHAPES = {"wkt": looks_like_wkt, "geojson": looks_like_geojson, "pair": looks_like_pair}
FIELDS = frozenset(SYNONYMS) | set(SHAPES) | {amenity.value for amenity in Amenity}
# Codes of something else than the row.
_NOT_AN_ID = re.compile(
    r"\b(istat|fiscale|catastale|postale?|postal|via|municipio|nil|comune|comunale|regione)\b"
)
_PLACE_WORDS = re.compile(r"\b(geo\w*|coord\w*|location|posizione|point|punto|position|lat ?lon\w*)\b")
SAMPLE = 50


class UnknownField(ValueError):
    """A mapping names a field or a column that does not exist; the message lists those that do."""


@dataclass(frozen=True)
class Columns:
    """Header by field; amenities by the columns that say them."""

    by_field: Mapping[str, str]
    amenities: Mapping[Amenity, str] = field(default_factory=dict)

    def value(self, row: Mapping[str, str], name: str) -> str:
        """The row's value of a field, or an empty text."""
        header = self.by_field.get(name)
        return row.get(header, "").strip() if header is not None else ""


def recognise(
    headers: Sequence[str], rows: Sequence[Mapping[str, str]], mapping: Mapping[str, str] | None = None
) -> Columns:
    """Find the columns; `mapping` (field -> header) is obeyed first.

    >>> recognise(["DESCRIZIONE_FARMACIA", "LATITUDINE", "LONGITUDINE"], []).by_field["name"]
    'DESCRIZIONE_FARMACIA'
    """
    chosen = _checked(mapping or {}, headers)
    free = [header for header in headers if header not in chosen.values()]
    for name, test in SHAPES.items():
        header = next((one for one in free if name not in chosen and _holds(one, rows, test, name)), None)
        if header is not None:
            chosen[name] = header
            free.remove(header)
    amenities = {Amenity(name): header for name, header in chosen.items() if name in set(Amenity)}
    for amenity, words in AMENITY_SYNONYMS.items():
        header = _matching(free, words)
        if header is not None and amenity not in amenities:
            amenities[amenity] = header
            free.remove(header)
    for name, words in SYNONYMS.items():
        if name in chosen:
            continue
        candidates = [header for header in free if name != "id" or _identifies(header, rows)]
        header = _matching(candidates, words)
        if header is not None:
            chosen[name] = header
            free.remove(header)
    return Columns(chosen, amenities)


def _checked(mapping: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    for name, header in mapping.items():
        if name not in FIELDS:
            raise UnknownField(f"there is no field {name!r}; fields are {', '.join(sorted(FIELDS))}")
        if header not in headers:
            raise UnknownField(f"the file has no column {header!r}; its columns are {', '.join(headers)}")
    return dict(mapping)


def _matching(headers: Sequence[str], words: Sequence[str]) -> str | None:
    """The header that fits the best word."""
    folded = {header: fold(header) for header in headers}
    for word in words:
        pattern = re.compile(re.escape(word).replace(r"\*", ".+") + r"\Z")
        found = next((header for header, text in folded.items() if pattern.match(text)), None)
        if found is not None:
            return found
    return None


def _holds(header: str, rows: Sequence[Mapping[str, str]], test: object, name: str) -> bool:
    """Whether most values of a column look like a point; a pair of numbers needs a header that means a position."""
    values = [row.get(header, "").strip() for row in rows[:SAMPLE]]
    values = [value for value in values if value]
    if not values or not callable(test) or (name == "pair" and not _PLACE_WORDS.search(fold(header))):
        return False
    return 2 * sum(bool(test(value)) for value in values) > len(values)


def _identifies(header: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether a column can be the id: filled and different nearly everywhere, and not a code of something else."""
    if _NOT_AN_ID.search(fold(header)):
        return False
    values = [row.get(header, "").strip() for row in rows]
    return len(set(values) - {""}) >= 0.98 * len(values)
