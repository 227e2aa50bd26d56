"""Ages and needs: asked where the event asks, kept with consent, read by the host alone, gone a week after the date."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.bookings import service
from app.bookings.models import Booking, BookingAnswer
from app.bookings.rules.ages import (
    AgesNotComplete,
    AgesNotReadable,
    NobodyFitsTheAges,
    check_ages,
    read_ages,
)
from app.bookings.rules.needs import CONSENT_VERSION, ConsentMissing, NeedsTooLong
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.events import service as events
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus
from tests import engines
from tests.app.bookings.test_service import family
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import again, make_date
from tests.client import CheckingClient

SECRET = "Allergia alle arachidi zxqj"
TYPED = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "2"}


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """For children up to three years; it asks ages and needs."""
    with app.app_context():
        return make_date(asks_ages=True, asks_needs=True, age_from_months=0, age_to_months=36)


def told(**changes: Any) -> Any:
    command = replace(family(children=2), ages=(8, 40), needs=SECRET, consents=True)
    return replace(command, **changes)


@given(st.lists(st.tuples(st.integers(0, 18), st.sampled_from(["mesi", "anni", "months", "years", "أشهر", "سنوات", "m", "a"])), min_size=1, max_size=6),
       st.sampled_from([", ", "; ", " e ", " and ", "\n", "، "]))  # fmt: skip
def test_ages_are_read_however_they_are_listed(ages: list[tuple[int, str]], between: str) -> None:
    months = {"mesi": 1, "months": 1, "أشهر": 1, "m": 1}
    text = between.join(f"{number} {unit}" for number, unit in ages)
    assert read_ages(text) == tuple(number * months.get(unit, 12) for number, unit in ages)


@pytest.mark.parametrize(
    "text", ["two", "3", "3 elefanti", "900 anni", "-1 anni", "3 anni circa forse", "<b>3</b> anni"]
)
def test_what_is_no_age_is_named(text: str) -> None:
    with pytest.raises(AgesNotReadable):
        read_ages(text)


def test_siblings_come_along_but_somebody_must_be_of_the_age() -> None:
    check_ages((8, 90), children=2, youngest=0, oldest=36)
    check_ages((47,), children=1, youngest=0, oldest=36)  # three years old until the fourth birthday
    with pytest.raises(NobodyFitsTheAges):
        check_ages((48, 90), children=2, youngest=0, oldest=36)
    with pytest.raises(AgesNotComplete):
        check_ages((8,), children=2, youngest=0, oldest=36)


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"ages": ()}, AgesNotComplete), ({"ages": (90, 91)}, NobodyFitsTheAges), ({"consents": False}, ConsentMissing),
     ({"needs": "x" * 301}, NeedsTooLong)],
)  # fmt: skip
def test_the_service_refuses_what_the_form_would(
    app: Flask, date: OccurrenceView, changes: dict[str, Any], error: type[Exception]
) -> None:
    with app.app_context(), pytest.raises(error):
        service.book(date.public_id, told(**changes))


def test_what_an_event_does_not_ask_is_not_kept(app: Flask) -> None:
    with app.app_context():
        service.book(make_date().public_id, told())
        assert db.session.query(BookingAnswer).count() == 0


def test_consent_is_kept_with_its_wording_and_its_moment(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        service.book(date.public_id, told())
        answer = db.session.query(BookingAnswer).one()
        assert (answer.ages, answer.needs, answer.consent_version) == ([8, 40], SECRET, CONSENT_VERSION)
        assert answer.consented_at is not None
        service.book(
            date.public_id,
            told(name="Bruno", email="b@example.org", needs="", consents=False, idempotency_key="b"),
        )
        assert db.session.query(BookingAnswer).filter_by(needs="").one().consented_at is None


def test_a_family_answers_reads_it_again_and_the_host_reads_it_and_no_table_has_it(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    url = f"/occurrences/{date.public_id}/book"
    page = client.get(f"{url}?lang=en").text
    assert "we erase it 7 days after the date" in page.casefold()
    answer = submit(client, url, **TYPED, ages="8 mesi, 3 anni", needs=SECRET, consent="y")
    assert answer.status_code == 303
    own = client.get(answer.location).text
    assert SECRET in own
    assert "8 months and 3 years" in own
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    people = f"/studio/occurrences/{date.public_id}"
    assert SECRET in client.get(people).text
    assert SECRET not in client.get(f"{people}/people.csv").text


@pytest.mark.parametrize(
    "wrong",
    [{"ages": ""}, {"ages": "8 mesi"}, {"ages": "otto"}, {"ages": "9 anni, 10 anni"}, {"needs": SECRET}, {"needs": "x" * 301, "consent": "y"}],
)  # fmt: skip
def test_wrong_answers_are_explained_and_kept(
    client: CheckingClient, date: OccurrenceView, wrong: dict[str, str]
) -> None:
    answer = submit(
        client, f"/occurrences/{date.public_id}/book", **(TYPED | {"ages": "8 mesi, 3 anni"} | wrong)
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Amira"' in answer.text


@pytest.mark.parametrize("end", ["cancel", "erase"])
def test_whoever_gives_the_place_back_takes_the_answers_along(
    app: Flask, date: OccurrenceView, end: str
) -> None:
    with app.app_context():
        token = service.book(date.public_id, told()).token
        getattr(service, end)(token)
        assert db.session.query(BookingAnswer).count() == 0


def test_after_a_week_the_answers_are_gone_after_sixty_days_the_names_and_the_heads_stay(
    app: Flask, date: OccurrenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        service.book(date.public_id, told())

        def rest() -> tuple[int, list[str]]:
            service.forget_past_families()
            names = [booking.name for booking in db.session.query(Booking)]
            return db.session.query(BookingAnswer).count(), names

        ends_at = date.ends_at
        for later, expected in (
            (timedelta(days=7), (1, ["Amira"])), (timedelta(days=7, seconds=1), (0, ["Amira"])),
            (timedelta(days=60), (0, ["Amira"])), (timedelta(days=60, seconds=1), (0, [""])),
        ):  # fmt: skip
            monkeypatch.setattr(clock, "now", lambda later=later: ends_at + later)
            assert rest() == expected
            db.session.remove()
        kept = db.session.query(Booking).one()
        assert (kept.adults, kept.children, kept.email, kept.erased_at is None) == (1, 2, None, False)


def test_a_date_that_is_put_off_is_not_over(
    app: Flask, date: OccurrenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        service.book(date.public_id, told())
        events.postpone_occurrence(date.public_id)
        assert again(date).status is OccurrenceStatus.POSTPONED
        monkeypatch.setattr(clock, "now", lambda: date.ends_at + timedelta(days=90))
        service.forget_past_families()
        assert db.session.query(Booking).one().name == "Amira"
        assert db.session.query(BookingAnswer).count() == 1


def test_nothing_of_it_is_left_in_the_file(
    tmp_path: Path, spatialite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite overwrites what it deletes (secure_delete); PostgreSQL's files belong to its own housekeeping."""
    with engines.running_app(engines.settings_for(tmp_path, spatialite_url)) as app, app.app_context():
        file = Path(str(db.engine.url.database))

        def holds_it() -> bool:
            db.session.remove()
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            return SECRET.encode() in file.read_bytes()

        date = make_date(asks_needs=True)
        service.book(date.public_id, told())
        assert holds_it(), "otherwise this test would prove nothing"
        monkeypatch.setattr(clock, "now", lambda: date.ends_at + timedelta(days=8))
        service.forget_past_families()
        assert not holds_it()
