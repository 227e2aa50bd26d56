"""How far ahead dates may lie: form, move and schedule agree on it, and say so in the right direction."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.events import service
from app.events.facts import OccurrenceView
from app.events.rules.schedule import TooFarAhead, last_moment, to_local
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import ROME, all_dates, event_command, make_date
from tests.client import CheckingClient

TOO_FAR = "This is too far ahead: choose a day within the next 18 months."
NOWS = [
    datetime(2027, 1, 10, 9, tzinfo=UTC),
    datetime(2026, 8, 31, 9, tzinfo=UTC),
    datetime(2026, 12, 31, 20, tzinfo=UTC),
]
VERBS = ("new", "move")


@pytest.fixture(params=NOWS, ids=lambda now: f"{now:%d%b}")
def now(request: pytest.FixtureRequest) -> datetime:
    """The day on which somebody asks."""
    chosen: datetime = request.param
    return chosen


def ask(client: CheckingClient, date: OccurrenceView, verb: str, moment: datetime) -> tuple[int, str]:
    """Ask for this start, as a host would type it; the status and the page."""
    local = to_local(moment, ROME)
    typed = {"day": local.date().isoformat(), "hour": f"{local:%H:%M}", "title": "Fiabe", "minutes": "45",
             "age": "", "capacity": "6", "repeat": "once"}  # fmt: skip
    place = date.place.public_id
    url = (
        f"/studio/places/{place}/events/new"
        if verb == "new"
        else f"/studio/occurrences/{date.public_id}/move"
    )
    answer = submit(client, f"{url}?lang=en", **typed)
    return answer.status_code, answer.text


@pytest.mark.parametrize("verb", VERBS)
def test_the_last_day_can_be_chosen_and_the_next_one_is_too_far_ahead(
    app: Flask, client: CheckingClient, now: datetime, verb: str
) -> None:
    with clock.frozen(now):
        last = last_moment(now).replace(hour=16, minute=0)
        with app.app_context():
            date = make_date()
        enter(app, client, Grant(Role.OPERATOR))
        status, page = ask(client, date, verb, last + timedelta(days=1))
        assert status == 422
        assert TOO_FAR in page
        assert "later" not in page
        assert ask(client, date, verb, last)[0] == 303
        with app.app_context():
            assert last.replace(second=0) in {found.starts_at for found in all_dates()}


@pytest.mark.parametrize("verb", VERBS)
def test_the_past_asks_for_a_later_moment(
    app: Flask, client: CheckingClient, now: datetime, verb: str
) -> None:
    with clock.frozen(now):
        with app.app_context():
            date = make_date()
        enter(app, client, Grant(Role.OPERATOR))
        status, page = ask(client, date, verb, now - timedelta(days=1))
        assert (status, TOO_FAR in page) == (422, False)
        assert "choose a later one" in page


def test_services_refuse_the_same_as_forms(app: Flask, now: datetime) -> None:
    with clock.frozen(now), app.app_context():
        date = make_date()
        beyond = last_moment(now) + timedelta(minutes=1)
        with pytest.raises(TooFarAhead):
            service.move_occurrence(date.public_id, beyond, beyond + timedelta(hours=1))
        with pytest.raises(TooFarAhead):
            service.create_event(event_command(date.place.public_id, starts_local=to_local(beyond, ROME)))
