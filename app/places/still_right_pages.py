"""The page and the mail that ask a host whether everything is still so; the list of places that sleep."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from flask import url_for

from app.accounts.queries import count_hosts, hosts_of
from app.core.local_text import Text
from app.core.phrasing import locale_in_force
from app.core.tokens import personal_token
from app.core.translation import gettext, ngettext
from app.places.answers import amenity_answers
from app.places.cards import place_url
from app.places.page_objects import AmenityRow
from app.places.queries import PlaceView, place_by_id
from app.places.queries.still_right import SleepingPlace, still_right_question
from app.places.rules.trust import shown_text
from app.places.rules.vocabulary import AmenityState

PURPOSE = "still right"


@dataclass(frozen=True)
class StillRightPage:
    """A place as its page shows it; `shown` is the same for the form. `is_answered`: somebody has confirmed."""

    id: str
    url: str
    name: Text
    facts: list[AmenityRow]
    hours: str
    shown: str
    confirmed_text: str | None
    change_url: str
    hours_url: str
    is_answered: bool


@dataclass(frozen=True)
class SleepingRow:
    """A place that sleeps: since when, and who could wake it."""

    id: str
    name: Text
    url: str
    since_text: str
    hosts_text: str
    team_url: str
    facts_url: str


def token_for(question_id: str, person_id: str) -> str:
    """The secret of one host's link to one question: computed, never stored."""
    return personal_token(PURPOSE, f"{question_id}:{person_id}", 1)


def asked(question_id: str, person_id: str, token: str) -> tuple[PlaceView, bool] | None:
    """The place of a question and whether it is answered, for a host of the place with the right link."""
    is_right = hmac.compare_digest(token_for(question_id, person_id).encode(), token.encode())
    question = still_right_question(question_id) if is_right else None
    place = place_by_id(question.place_id) if question else None
    if question is None or place is None or person_id not in {host.public_id for host in hosts_of(place.id)}:
        return None
    return place, question.is_answered


def still_right_page(place: PlaceView, at: datetime, *, is_answered: bool) -> StillRightPage:
    """What is asked about."""
    answers = amenity_answers(place, at)
    return StillRightPage(
        id=place.public_id, url=place_url(place.slug), name=Text(place.name, place.name_language),
        facts=[row for row in answers.rows if row.state != AmenityState.UNKNOWN],
        hours=next((text for text in reversed(place.hours_texts) if text), ""),
        shown=shown_text((fact.amenity, fact.state) for fact in place.amenities),
        confirmed_text=answers.confirmed_text, change_url=url_for("care.facts", place_id=place.public_id),
        hours_url=url_for("hours.edit", place_id=place.public_id), is_answered=is_answered,
    )  # fmt: skip


def sleeping_rows(places: Iterable[SleepingPlace]) -> list[SleepingRow]:
    """For those who can wake them."""
    sleeping = list(places)
    numbers = count_hosts([place.id for place in sleeping])
    return [_row(place, numbers.get(place.id, 0)) for place in sleeping]


def _row(place: SleepingPlace, number: int) -> SleepingRow:
    since = gettext("never confirmed")
    if place.confirmed_on is not None:
        since = gettext("last confirmed on %(day)s", day=_day(place.confirmed_on))
    hosts = ngettext("%(num)s person looks after it", "%(num)s people look after it", number)
    return SleepingRow(
        place.public_id, place.name, place_url(place.slug), since,
        hosts if number else gettext("nobody looks after it"),
        url_for("team.index", place_id=place.public_id), url_for("care.facts", place_id=place.public_id),
    )  # fmt: skip


def _day(day: date) -> str:
    return str(format_date(day, "long", locale=locale_in_force()))
