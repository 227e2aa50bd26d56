"""Why something of a calendar was not taken, in words for whoever runs the import."""

CAUSES = {
    "too large": "the file is larger than 5 MB",
    "too many": "there are more than 2,000 events",
    "ends differ": "an END does not match its BEGIN",
    "cut off": "the file ends in the middle of an event",
    "no calendar": "this is no calendar (no BEGIN:VCALENDAR)",
    "no start": "it says no day (no DTSTART)",
    "broken": "a line of it cannot be read",
    "rule": "its rule is not one of days, weeks, months or years",
    "several rules": "it has several rules",
    "out of range": "its year is before 2000 or after 2100",
    "too long": "it lasts longer than two weeks",
    "ends before it begins": "it ends before it begins",
    "this and future": "a change is for all dates that follow, which only its own program can split",
    "TooManyDates": "it has more than 1,000 dates",
    "EventNotValid": "one of its texts is too long",
}


def sentence(line: int, title: str, cause: str) -> str:
    """Line, name and cause.

    >>> sentence(12, "Lettura", "no start")
    'line 12 «Lettura» refused: it says no day (no DTSTART)'
    """
    where = f"line {line}" if line else "the file"
    return f"{where}{f' «{title}»' if title else ''} refused: {CAUSES.get(cause, cause)}"
