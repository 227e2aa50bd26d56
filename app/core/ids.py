"""Public identifiers and slugs: what appears in addresses instead of integer keys (decisions.md, Identity)."""

import re
import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10
_MISREAD = str.maketrans(
    {"o": "0", "i": "1", "l": "1"}
)  # Crockford: letters that are no signs of the alphabet
_TRANSLITERATION = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d"}
)


def public_id() -> str:
    """Ten random characters of lowercase Crockford base32 (50 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def on_paper(code: str) -> str:
    """A public id as one reads it from paper: two groups of capitals.

    >>> on_paper("7k3f90qx1z")
    '7K3F9-0QX1Z'
    """
    return f"{code[:5]}-{code[5:]}".upper()


def read_from_paper(typed: str) -> str:
    """The public id that somebody typed, however they wrote it; "" where it cannot be one.

    >>> read_from_paper(" 7K3F9 OQX1Z ")
    '7k3f90qx1z'
    >>> read_from_paper("OIL")
    ''
    """
    signs = [sign for sign in typed.lower() if not sign.isspace() and sign not in "-–"]
    code = "".join(signs).translate(_MISREAD)
    return code if len(code) == PUBLIC_ID_LENGTH and set(code) <= set(ALPHABET) else ""


def slugify(name: str, *, fallback: str = "luogo") -> str:
    """ASCII slug of at most 60 characters.

    >>> slugify("La Lucciola, libri per bambini")
    'la-lucciola-libri-per-bambini'
    >>> slugify("صيدلية")
    'luogo'
    """
    ascii_name = unicodedata.normalize("NFKD", name.lower().translate(_TRANSLITERATION)).encode(
        "ascii", "ignore"
    )
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name.decode()).strip("-")[:60].rstrip("-")
    return slug or fallback


def free_slug(name: str, is_taken: Callable[[str], bool], *, fallback: str = "luogo") -> str:
    """The slug of a name, numbered from 2 when somebody already has, or ever had, it."""
    base = slugify(name, fallback=fallback)
    candidate, number = base, 2
    while is_taken(candidate):
        candidate, number = f"{base}-{number}", number + 1
    return candidate
