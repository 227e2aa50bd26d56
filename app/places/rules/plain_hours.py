"""Hours simple enough to be said in words: days of the week and times, nothing else."""

import re
from dataclasses import dataclass

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIME = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_RULE = re.compile(
    rf"(?:(?P<days>{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*)\s+)?(?P<times>{_TIME}-{_TIME}(?:,\s*{_TIME}-{_TIME})*)\Z"
)


@dataclass(frozen=True)
class PlainRule:
    """Runs of days (0 is Monday; first and last may be the same) and times as "09:00", "12:30"."""

    days: tuple[tuple[int, int], ...]
    times: tuple[tuple[str, str], ...]


def plain_rules(text: str) -> tuple[PlainRule, ...] | None:
    """The rules of simple hours, or None when they say more than days and times.

    >>> plain_rules("Mo-Fr 9:00-12:30; Sa 10:00-12:00")[0]
    PlainRule(days=((0, 4),), times=(('09:00', '12:30'),))
    >>> plain_rules("Mo-Fr 09:00-12:30; PH off") is None
    True
    """
    if text.strip() == "24/7":
        return (PlainRule(((0, 6),), (("00:00", "24:00"),)),)
    rules = [_RULE.match(part.strip()) for part in text.split(";")]
    if not text or any(rule is None for rule in rules):
        return None
    return tuple(_rule(rule) for rule in rules if rule is not None)


def schema_hours(text: str) -> list[str] | None:
    """The same in schema.org's openingHours, one entry for each stretch.

    >>> schema_hours("Mo-Fr 09:00-12:30,15:00-19:00")
    ['Mo-Fr 09:00-12:30', 'Mo-Fr 15:00-19:00']
    """
    rules = plain_rules(text)
    if rules is None:
        return None
    return [
        f"{','.join(_run(run) for run in rule.days)} {opens}-{closes}"
        for rule in rules
        for opens, closes in rule.times
    ]


def _run(run: tuple[int, int]) -> str:
    first, last = run
    return DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"


def _rule(match: re.Match[str]) -> PlainRule:
    runs = []
    for run in (match["days"] or "Mo-Su").split(","):
        first, _, last = run.partition("-")
        runs.append((DAYS.index(first), DAYS.index(last or first)))
    stretches = (stretch.strip().partition("-") for stretch in match["times"].split(","))
    return PlainRule(tuple(runs), tuple((opens.zfill(5), closes.zfill(5)) for opens, _, closes in stretches))
