"""Words on a drawing: the letters come with a package (Latin, Greek, Cyrillic), no machine needs fonts of its own."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont
from xstatic.pkg import roboto_fontface

FOLDER = Path(roboto_fontface.BASE_DIR) / "fonts" / "roboto"
NO_LETTER = "\uffff"
ELLIPSIS = "…"


@lru_cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Roboto in a weight (Regular, Medium, Bold), size in pixels."""
    return ImageFont.truetype(FOLDER / f"Roboto-{weight}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def is_writable(text: str) -> bool:
    """Whether every letter is there: a text with empty boxes is worse than none.

    >>> is_writable("Caffè Žižek"), is_writable("صيدلية")
    (True, False)
    """
    return bool(text.strip()) and all(_has(letter) for letter in set(text) if not letter.isspace())


@lru_cache(maxsize=1_000)
def _has(letter: str) -> bool:
    letters = font("Regular", 20)
    return bytes(letters.getmask(letter)) != bytes(letters.getmask(NO_LETTER))


def lines_of(text: str, letters: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Broken between words so that no line is wider; a single word may be."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitted(text: str, weight: str, sizes: range, width: float, most_lines: int) -> tuple[list[str], int]:
    """Lines and the largest of the sizes in which the text has room; in the smallest one it may be cut."""
    for size in sizes:
        letters = font(weight, size)
        lines = lines_of(text, letters, width)
        if len(lines) <= most_lines and all(letters.getlength(line) <= width for line in lines):
            return lines, size
    shown = lines[:most_lines]
    if len(lines) > most_lines:
        shown[-1] += ELLIPSIS
    return [cut(line, letters, width) for line in shown], size


def cut(text: str, letters: ImageFont.FreeTypeFont, width: float) -> str:
    """As much of a line as has room, with an ellipsis where something is missing."""
    if letters.getlength(text) <= width:
        return text
    while text and letters.getlength(text + ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
