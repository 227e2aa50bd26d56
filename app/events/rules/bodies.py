"""Who stands behind an event: the bodies that organise it, their partners, and who speaks."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.text import clean_line

MAX_NAME = 120
MAX_ABOUT = 300
MOST_NAMES = 12


@dataclass(frozen=True)
class Speaker:
    """Who leads or speaks: `profession` as people say it ("midwife"), `about` in a sentence; both may be empty."""

    name: str
    profession: str = ""
    about: str = ""


def read_names(text: str) -> tuple[str, ...]:
    r"""One name a line, each once.

    >>> read_names("Consorzio SIS\n\n Spazio Aperto \nConsorzio SIS")
    ('Consorzio SIS', 'Spazio Aperto')
    """
    lines = (clean_line(line) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def read_speakers(text: str) -> tuple[Speaker, ...]:
    r"""One a line: "name, profession: about"; commas and colons of the Arabic script count too.

    >>> read_speakers("Anna Riva, ostetrica: segue le famiglie dal 2012\nLeyla Aslan")[0]
    Speaker(name='Anna Riva', profession='ostetrica', about='segue le famiglie dal 2012')
    """
    return tuple(dict.fromkeys(_speaker(line) for line in read_names(text)))


def written_speakers(speakers: Iterable[Speaker]) -> str:
    """The same lines again, for the form."""
    return "\n".join(_line(speaker) for speaker in speakers)


def fit(names: Iterable[str], speakers: Iterable[Speaker] = ()) -> bool:
    """Whether so many names of this length can be stored."""
    names, speakers = tuple(names), tuple(speakers)
    texts = (*names, *(text for one in speakers for text in (one.name, one.profession)))
    return (
        max(len(names), len(speakers)) <= MOST_NAMES
        and all(len(text) <= MAX_NAME for text in texts)
        and all(len(one.about) <= MAX_ABOUT for one in speakers)
    )


def _speaker(line: str) -> Speaker:
    named, _, about = line.partition(":")
    name, _, profession = named.replace("،", ",").partition(",")
    return Speaker(name.strip(), profession.strip(), about.strip())


def _line(speaker: Speaker) -> str:
    named = f"{speaker.name}, {speaker.profession}" if speaker.profession else speaker.name
    return f"{named}: {speaker.about}" if speaker.about else named
