"""Names of registers in capitals, as one would write them in Italian: "P.TA GENOVA F.S." is "P.ta Genova FS".

Names that are not all capitals are left as they are.
"""

import re

# Words that stay small inside a name.
_SMALL = frozenset(
    {"a", "ai", "al", "alla", "alle", "con", "da", "dal", "dalla", "de", "degli", "dei", "del", "della", "delle",
     "di", "e", "ed", "in", "la", "le", "nel", "nella", "per", "sul", "sulla"}
)  # fmt: skip
_ABBREVIATIONS = {
    "FS": "FS", "FN": "FN", "FNM": "FNM", "QT8": "QT8", "QT": "QT", "NOLO": "NoLo", "M1": "M1", "M2": "M2",
    "M3": "M3", "M4": "M4", "M5": "M5", "ACLI": "ACLI", "CAM": "CAM", "ASL": "ASL", "WEMI": "WEMI", "PTA": "P.ta",
    "QRE": "Q.re", "PZA": "P.za", "FIERAMILANOCITY": "FieraMilanoCity", "FIERAMILANO": "Fieramilano",
}  # fmt: skip
_ROMAN = re.compile(r"(?=[XVI]{2})X{0,3}(IX|IV|V?I{0,3})$")
_ACCENTS = {"A": "à", "E": "è", "I": "ì", "O": "ò", "U": "ù"}
# The apostrophe of these is an elision, not an accent that a register could not write.
_ELIDED = frozenset({"CA'", "DE'", "DA'", "DEI'", "NE'", "MO'", "PO'", "CO'", "FRA'"})
_ARTICLES = frozenset({"ALL", "D", "DALL", "DELL", "L", "NELL", "SULL"})
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}$")
_SHORTENED = re.compile(r"([A-Z]{1,3})\.([A-Z]{2,})$")


def display_name(name: str) -> str:
    """A name to show on the map.

    >>> display_name("P.TA GENOVA F.S.")
    'P.ta Genova FS'
    >>> display_name("NIGUARDA - CA' GRANDA")
    "Niguarda - Ca' Granda"
    >>> display_name("CITTA' STUDI")
    'Città Studi'
    """
    name = " ".join(name.split()).replace("QT 8", "QT8")
    if name != name.upper() or not any(character.isalpha() for character in name):
        return name
    words = name.split(" ")
    return " ".join(
        _word(word, is_first=index == 0 or words[index - 1] == "-") for index, word in enumerate(words)
    )


def short_name(name: str) -> str:
    """The first of several joined names, which is how people call the quarter.

    >>> short_name("BAGGIO - Q.RE DEGLI OLMI - Q.RE VALSESIA")
    'Baggio'
    """
    return display_name(name.split(" - ", maxsplit=1)[0])


def stop_name(name: str) -> str:
    """A stop's name without the line or railway that tells its platforms apart.

    >>> stop_name("CADORNA FN M2"), stop_name("LOTTO FIERAMILANOCITY"), stop_name("SESTO 1 MAGGIO FS")
    ('Cadorna', 'Lotto', 'Sesto 1º Maggio')
    """
    shown = re.sub(r"(?: (?:M\d|FS|FN|FNM|FieraMilanoCity))+$", "", display_name(name))
    return re.sub(r"\b1 Maggio\b", "1º Maggio", shown)


def _word(word: str, *, is_first: bool) -> str:
    """One word between two blanks."""
    if word in _ABBREVIATIONS or _ROMAN.match(word):
        return _ABBREVIATIONS.get(word, word)
    if _INITIALS.match(word):
        return _ABBREVIATIONS.get(word.replace(".", ""), word)
    if match := _SHORTENED.match(word):
        return _shortened(match[1], match[2])
    if "'" in word:
        return _with_apostrophe(word, is_first=is_first)
    if word.lower() in _SMALL and not is_first:
        return word.lower()
    return "-".join(part.capitalize() for part in word.split("-"))


def _shortened(before: str, after: str) -> str:
    """One shortened word as P.TA, or two as S.AGOSTINO."""
    if before in {"S", "SS"}:
        return f"{before}. {after.capitalize()}"
    if len(after) <= 2:
        return f"{before.capitalize()}.{after.lower()}"
    return f"{before.capitalize()}. {after.capitalize()}"


def _with_apostrophe(word: str, *, is_first: bool) -> str:
    """Registers write "CITTA'" for "Città"; "CA'" is a real apostrophe, and so is that of "DELL'ARTE"."""
    before, after = word.split("'", 1)
    if after:
        is_article = before in _ARTICLES and not is_first
        return f"{before.lower() if is_article else before.capitalize()}'{after.capitalize()}"
    if word in _ELIDED or word[-2:-1] not in _ACCENTS:
        return word.capitalize()
    return before[:-1].capitalize() + _ACCENTS[before[-1]]
