"""Contacts as files hold them, kept only where they can be used."""

import re

from app.core.text import clean_line

_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+\Z")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?\Z", re.IGNORECASE)


def usable_phone(text: str) -> str:
    """The first of several numbers.

    >>> usable_phone("+39 02 1234;+39 02 5678")
    '+39 02 1234'
    """
    first = clean_line(re.split(r"[;|]", text)[0])
    return first if len(first) <= 60 and sum(letter.isdigit() for letter in first) >= 3 else ""


def usable_email(text: str) -> str:
    """An address that can be written to, or nothing."""
    first = clean_line(re.split(r"[;, ]", text.strip())[0])
    return first if len(first) <= 254 and _EMAIL.match(first) else ""


def usable_website(text: str) -> str:
    """An http(s) address; a bare domain gets its scheme, anything else is nothing.

    >>> usable_website("www.example.org"), usable_website("javascript:alert(1)")
    ('https://www.example.org', '')
    """
    first = clean_line(text.partition(";")[0])
    if len(first) > 490 or re.search(r"\s", first):
        return ""
    if re.match(r"https?://[^/\s]+\.[^/\s]+", first, re.IGNORECASE):
        return first
    return f"https://{first}" if _DOMAIN.match(first) else ""
