"""Words of tables: yes and no, hours in French, kinds of places, names in capitals."""

import re

from app.core.text import clean_line, fold
from app.places.rules.vocabulary import AmenityState, PlaceKind
from geo.naming import from_capitals, is_shouting

_YES = frozenset({"si", "yes", "oui", "true", "vero", "ja", "y", "s", "x", "1", "presente", "disponibile"})
_NO = frozenset({"no", "non", "false", "falso", "nein", "n", "0", "assente", "nessuno"})
_ALWAYS = re.compile(
    r"(24\s*h?\s*/\s*24(\s*h)?|h\s*24|24h|24 ore su 24|7j?\s*/\s*7\s*24h?\s*/\s*24)\Z", re.IGNORECASE
)
_FRENCH = re.compile(r"(\d{1,2})\s*h\s*(\d{2})?\s*(?:-|–|à|a)\s*(\d{1,2})\s*h\s*(\d{2})?\Z", re.IGNORECASE)
_KIND_WORDS: tuple[tuple[PlaceKind, str], ...] = (
    (PlaceKind.ADVICE_CENTRE, r"consultori[oe]?"),
    (PlaceKind.PHARMACY, r"(para)?farmaci[ae]|pharmac(y|ies?)"),
    (PlaceKind.BOOKSHOP, r"librerie|libreria|bookshops?|librairies?"),
    (PlaceKind.LIBRARY, r"biblioteche|biblioteca|librar(y|ies)|bibliotheques?"),
    (PlaceKind.CAFE, r"caffe|cafes?|caffetteria|bistrots?|bistro"),
    (PlaceKind.MEDICAL, r"ospedal[ei]|hospitals?|hopita(l|ux)|ricovero|cliniche|clinica|clinics?|poliambulatori[oe]?|ambulatori[oe]?"),
    (PlaceKind.ASSOCIATION, r"associazion[ei]|associations?|circol[oi]"),
    (PlaceKind.COMMUNITY_SPACE, r"spazio|spazi|community|casa di quartiere"),
    (PlaceKind.PUBLIC_SERVICE, r"sanisettes?|toilett?es?|toilets?|wc|urinoirs?|lavatory|uffic(io|i)|post[ae]|posta"),
    (PlaceKind.SHOP, r"negozi[o]?|shops?|magasins?"),
)  # fmt: skip
_TOILETS = re.compile(r"\b(sanisettes?|toilett?es?|toilets?|wc|urinoirs?|lavatory|bagni pubblici)\b")
_COMPILED = tuple((kind, re.compile(rf"\b({words})\b")) for kind, words in _KIND_WORDS)


def yes_or_no(text: str) -> AmenityState | None:
    """What a cell says of an amenity; None where it says nothing that is certain.

    >>> yes_or_no("Oui").value, yes_or_no("NO").value, yes_or_no("su richiesta")
    ('yes', 'no', None)
    """
    folded = fold(text)
    if folded in _YES:
        return AmenityState.YES
    return AmenityState.NO if folded in _NO else None


def hours_as_osm(text: str) -> str:
    """Hours written as French tables do, in OpenStreetMap's grammar; everything else as it was.

    >>> hours_as_osm("6 h - 22 h"), hours_as_osm("24 h / 24"), hours_as_osm("6 h - 1 h")
    ('06:00-22:00', '24/7', '06:00-01:00')
    >>> hours_as_osm("Voir fiche équipement")
    'Voir fiche équipement'
    """
    text = clean_line(text)
    if _ALWAYS.match(text):
        return "24/7"
    match = _FRENCH.match(text)
    if match is None or not (int(match[1]) < 24 and int(match[3]) <= 24):
        return text
    return f"{int(match[1]):02}:{match[2] or '00'}-{int(match[3]):02}:{match[4] or '00'}"


def kind_of_words(text: str) -> PlaceKind | None:
    """The kind that a word of a table means, its own vocabulary included.

    >>> kind_of_words("CODICE_FARMACIA").value, kind_of_words("advice_centre").value, kind_of_words("TYPE")
    ('pharmacy', 'advice_centre', None)
    """
    if text.strip().lower() in set(PlaceKind):
        return PlaceKind(text.strip().lower())
    folded = fold(text)
    return next((kind for kind, pattern in _COMPILED if pattern.search(folded)), None)


def means_toilets(text: str) -> bool:
    """Whether a kind is a public toilet."""
    return _TOILETS.search(fold(text)) is not None


def shown_name(name: str, kind: PlaceKind, language: str) -> str:
    """A name as its sign would say it: small letters where it shouts, and «Farmacia» before a pharmacy's.

    >>> shown_name("CORSO VERCELLI", PlaceKind.PHARMACY, "it")
    'Farmacia Corso Vercelli'
    >>> (
    ...     shown_name("DEL LAZZARETTO", PlaceKind.PHARMACY, "it"),
    ...     shown_name("ANTICA FARMACIA SFORZA", PlaceKind.PHARMACY, "it"),
    ... )
    ('Farmacia del Lazzaretto', 'Antica Farmacia Sforza')
    """
    name = clean_line(name)
    if kind is PlaceKind.PHARMACY and language == "it" and "farmac" not in fold(name):
        return from_capitals(f"FARMACIA {name}") if is_shouting(name) else f"Farmacia {name}"
    return from_capitals(name)
