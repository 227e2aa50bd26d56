"""Names for the map: what somebody typed somewhere, cut and cleaned here, and escaped where it is drawn."""

import unicodedata

LONGEST_NAME = 40
_MOST_MARKS = 2


def clean_name(text: object) -> str:
    r"""A name without control characters, overrides of the writing direction and heaps of accents, cut to 40.

    >>> clean_name("Via\u202e Roma\n"), clean_name(7), len(clean_name("a" * 200))
    ('Via Roma', '', 40)
    """
    if not isinstance(text, str):
        return ""
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text[: 8 * LONGEST_NAME]):
        category = unicodedata.category(letter)
        marks = marks + 1 if category == "Mn" else 0
        if marks > _MOST_MARKS or (category.startswith("C") and not letter.isspace()):
            continue
        kept.append(letter)
    name = " ".join("".join(kept).split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
