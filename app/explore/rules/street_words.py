"""The words of streets and stops: abbreviations as printed on signs, the form that is compared, the form shown."""

import re

from app.core.text import clean_line, fold
from geo.naming import from_capitals

# Runs of folded words that stand for one word: "V.LE ZARA" folds to "v le zara".
ABBREVIATIONS: dict[tuple[str, ...], str] = {
    ("v", "le"): "viale",
    ("vle",): "viale",
    ("v", "lo"): "vicolo",
    ("vlo",): "vicolo",
    ("p", "za"): "piazza",
    ("p", "zza"): "piazza",
    ("pza",): "piazza",
    ("pzza",): "piazza",
    ("p", "le"): "piazzale",
    ("p", "zle"): "piazzale",
    ("ple",): "piazzale",
    ("c", "so"): "corso",
    ("cso",): "corso",
    ("l", "go"): "largo",
    ("lgo",): "largo",
    ("p", "ta"): "porta",
    ("pta",): "porta",
    ("b", "go"): "borgo",
    ("str",): "strada",
    ("f", "lli"): "fratelli",
    ("f", "s"): "fs",
    ("sant",): "san",
    ("santa",): "san",
    ("santo",): "san",
    ("s",): "san",
}
_LONGEST = max(len(words) for words in ABBREVIATIONS)
# The same on the first words of a name that is shown, with dots as they are printed.
_SHOWN = (
    (re.compile(r"^v\.?\s?le\b\.?", re.IGNORECASE), "viale"),
    (re.compile(r"^v\.?\s?lo\b\.?", re.IGNORECASE), "vicolo"),
    (re.compile(r"^p\.?\s?zz?a\b\.?(?=\s)", re.IGNORECASE), "piazza"),
    (re.compile(r"^p\.?\s?z?le\b\.?", re.IGNORECASE), "piazzale"),
    (re.compile(r"^c\.?\s?so\b\.?", re.IGNORECASE), "corso"),
    (re.compile(r"^l\.?\s?go\b\.?", re.IGNORECASE), "largo"),
    (re.compile(r"^p\.?\s?ta\b\.?(?=\s)", re.IGNORECASE), "porta"),
)


def compared(name: str) -> str:
    """The form in which names of streets and stops are compared.

    >>> compared("V.LE ZARA"), compared("Sant'Agostino"), compared("P.za S. Ambrogio")
    ('viale zara', 'san agostino', 'piazza san ambrogio')
    """
    words = fold(name).split()
    out: list[str] = []
    position = 0
    while position < len(words):
        for length in range(_LONGEST, 0, -1):
            full = ABBREVIATIONS.get(tuple(words[position : position + length]))
            if full is not None:
                out.append(full)
                position += length
                break
        else:
            out.append(words[position])
            position += 1
    return " ".join(out)


def shown(name: str) -> str:
    """A name in capitals written as a sign would: Italian title case, street type in full; others stay as they are.

    >>> shown("V.LE ZARA"), shown("VIA CASSANO D'ADDA"), shown("PAPA GIOVANNI XXIII"), shown("Via C.Battisti")
    ('Viale Zara', "Via Cassano d'Adda", 'Papa Giovanni XXIII', 'Via C.Battisti')
    """
    name = clean_line(name)
    for pattern, full in _SHOWN:
        name = pattern.sub(full.upper() if name.isupper() else full.capitalize(), name, count=1)
    return from_capitals(name)
