"""Which signs are seen, and how many marks a letter may carry."""

import unicodedata

_UNSEEN = {"Cf", "Cc", "Zs", "Zl", "Zp"}
_FILLERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f"  # letters and marks by category, and blank
)
MOST_MARKS = 30  # combining marks on one letter (Unicode Standard Annex 15, Stream-Safe Text Format)


def is_seen(letter: str) -> bool:
    """Neither a blank nor a sign that only arranges others: zero-width joiners, bidirectional marks, fillers."""
    return unicodedata.category(letter) not in _UNSEEN and letter not in _FILLERS


def with_few_marks(text: str) -> str:
    """Without the marks that no language writes: sorting a run of them takes the square of its length.

    Counted as the letters are taken apart, so that the composed form counts the same.
    """
    if text.isascii():
        return text
    kept: list[str] = []
    number = 0
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        marks = sum(1 for part in parts if unicodedata.combining(part))
        number = marks if marks < len(parts) else number + marks
        if number <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
