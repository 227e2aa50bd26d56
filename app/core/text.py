"""Text as people type it, made safe to store and to compare."""

import re
import unicodedata

from app.core.letters import is_seen, with_few_marks

_OPENERS = {"\u202a", "\u202b", "\u202d", "\u202e"}
_ISOLATES = {"\u2066", "\u2067", "\u2068"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""NFC, line feeds only, no control characters, bidirectional overrides balanced, few marks a letter, trimmed.

    Empty where nothing would be seen: a name of invisible signs is no name. The stored form comes back identical from
    every output (decisions.md, Text on save).

    >>> clean("Cafe\u0301\r\n\x00 ")
    'Café'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    # Composed last: what is left out before may have stood between a letter and its accent.
    text = unicodedata.normalize("NFC", with_few_marks(_balanced(_CONTROL.sub("", lines)))).strip()
    return text if any(map(is_seen, text)) else ""


def clean_line(text: str) -> str:
    r"""As clean, on one line: runs of white space become one blank.

    >>> clean_line("La\n  Lucciola")
    'La Lucciola'
    """
    return re.sub(r"\s+", " ", clean(text))


def fold(text: str) -> str:
    """The form in which names are compared: lower case, no accents, only letters, digits and single blanks.

    >>> fold("Caffè  dell'Ànatra")
    'caffe dell anatra'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+", " ", bare).replace("_", " ").split())


def _balanced(text: str) -> str:
    """Close what a bidirectional control opened, and drop closers of nothing, so it cannot leak into a page."""
    kept: list[str] = []
    open_marks: list[str] = []
    for letter in text:
        if letter in _OPENERS | _ISOLATES:
            open_marks.append("\u202c" if letter in _OPENERS else "\u2069")
        elif letter in {"\u202c", "\u2069"}:
            if not open_marks or open_marks[-1] != letter:
                continue
            open_marks.pop()
        kept.append(letter)
    return "".join(kept) + "".join(reversed(open_marks))
