"""How lists, facts, numbers and times of day are written in the language in force: said once, for every room."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from app.core.translation import get_locale

SEPARATOR = " · "  # reads the same from the left and from the right; a comma is another one in Arabic


def locale_in_force() -> Locale:
    """The locale of the answer; English as Europe writes its dates."""
    locale = get_locale() or Locale("it")
    return Locale("en", "GB") if locale.language == "en" else locale


def listed(words: Sequence[str]) -> str:
    """«Italian, English and Arabic», with the commas of the language.

    Babel's "unit" lists have no pattern for two in Arabic and say the last one twice: these are "standard".
    """
    return format_list(list(words), style="standard", locale=locale_in_force()) if words else ""


def side_by_side(*facts: str | None) -> str:
    """Facts of one line that make no sentence: «Reading 0-3 · La Lucciola»; what is not known is left out."""
    return SEPARATOR.join(fact for fact in facts if fact)


def number_text(number: float) -> str:
    """«1,917» as the language groups its digits; Western digits in every language."""
    return format_decimal(number, locale=locale_in_force())


def time_text(moment: datetime, zone: tzinfo) -> str:
    """«8:00» in a sentence (tables pad it), on the clocks of the zone: 24 hours, Western digits."""
    here = moment.astimezone(zone)
    return f"{here.hour}:{here:%M}"


def opening_a_line(text: str) -> str:
    """With a large first letter: Italian writes its days small, but not where a line begins."""
    return text[:1].upper() + text[1:]
