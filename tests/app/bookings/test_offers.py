"""A free seat is offered to the next family: kept for it, accepted or declined, and passed on in time; both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.queries import booking_by_token, people_of
from app.bookings.queries.offers import OfferView, last_offer
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.offers import LAST_HOURS, OfferEnded, OfferReason, OfferStatus, SomebodyWasFaster
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core import clock, jobs
from app.core.errors import NotFound
from app.events import service as events
from app.events.facts import OccurrenceView
from tests.app.bookings.test_mails import drained, invitation, plain
from tests.app.bookings.test_service import family, kinds, status
from tests.app.events.factory import again, make_date

CANCELLED, CONFIRMED, EXPIRED, OFFERED, WAITLISTED = (
    BookingStatus.CANCELLED, BookingStatus.CONFIRMED, BookingStatus.EXPIRED, BookingStatus.OFFERED,
    BookingStatus.WAITLISTED,
)  # fmt: skip


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Four seats, the day after tomorrow."""
    with app.app_context():
        return make_date(capacity=4)


def book(date: OccurrenceView, name: str, adults: int = 1, children: int = 1) -> str:
    return service.book(date.public_id, replace(family(name, adults, children), accepts_waiting=True)).token


def offer_to(token: str) -> OfferView:
    booking = booking_by_token(token)
    assert booking is not None
    found = last_offer(booking)
    assert found is not None
    return found


def a_full_date(date: OccurrenceView) -> tuple[str, str, str]:
    """Amira has all four seats; Bruno and Carla wait, two seats each."""
    return book(date, "Amira", 2, 2), book(date, "Bruno"), book(date, "Carla")


def at(moment: datetime) -> None:
    """What the worker does then."""
    with clock.frozen(moment):
        jobs.run_watches()


def test_what_is_offered_is_kept_accepted_once_and_confirmed_by_mail(
    date: OccurrenceView, app_settings: Settings
) -> None:
    first, second, _ = a_full_date(date)
    service.cancel(first)
    assert (status(second), again(date).seats_taken) == (OFFERED, 4)
    drained(app_settings)
    service.accept(second)
    service.accept(second)
    assert (status(second), again(date).seats_taken) == (CONFIRMED, 4)
    assert offer_to(second).status is OfferStatus.ACCEPTED
    (mail,) = drained(app_settings)
    assert str(mail["Subject"]).startswith("Posto prenotato")
    assert str(invitation(mail)["METHOD"]) == "REQUEST"


def test_the_mail_asks_says_until_when_and_leads_to_the_two_buttons(
    date: OccurrenceView, app_settings: Settings
) -> None:
    first, second, _ = a_full_date(date)
    drained(app_settings)
    service.cancel(first)
    asked = next(mail for mail in drained(app_settings) if "bruno" in str(mail["To"]))
    assert f"/bookings/{second}/offer?lang=it" in plain(asked)
    assert "Te lo teniamo fino a" in plain(asked)
    assert list(asked.iter_attachments()) == []


def test_a_family_that_declines_leaves_the_list_and_the_next_is_asked(date: OccurrenceView) -> None:
    first, second, third = a_full_date(date)
    fourth = book(date, "Dora")
    service.cancel(first)
    service.cancel(second)
    assert [status(one) for one in (second, third, fourth)] == [CANCELLED, OFFERED, OFFERED]
    assert (offer_to(second).status, again(date).seats_taken) == (OfferStatus.DECLINED, 4)
    with pytest.raises(OfferEnded):
        service.accept(second)


def test_an_offer_nobody_answers_goes_on_at_its_end_and_not_a_second_before(date: OccurrenceView) -> None:
    early = make_date(capacity=2, starts_local=date.starts_at.replace(tzinfo=None) + timedelta(days=3))
    first, second, third = book(early, "Amira"), book(early, "Bruno"), book(early, "Carla")
    service.cancel(first)
    ends_at = offer_to(second).ends_at
    at(ends_at - timedelta(seconds=1))
    assert [status(one) for one in (second, third)] == [OFFERED, WAITLISTED]
    at(ends_at)
    at(ends_at)
    assert [status(one) for one in (second, third)] == [EXPIRED, OFFERED]
    assert kinds().count("offer_expired") == 1
    with clock.frozen(ends_at), pytest.raises(OfferEnded):
        service.accept(second)
    assert again(early).seats_taken == 2


def test_an_answer_after_the_end_is_too_late_even_if_no_worker_ran(date: OccurrenceView) -> None:
    early = make_date(capacity=2, starts_local=date.starts_at.replace(tzinfo=None) + timedelta(days=3))
    first, second, third = book(early, "Amira"), book(early, "Bruno"), book(early, "Carla")
    service.cancel(first)
    with clock.frozen(offer_to(second).ends_at), pytest.raises(OfferEnded):
        service.accept(second)
    assert [status(one) for one in (second, third)] == [EXPIRED, OFFERED]


def test_in_the_last_hours_all_that_fit_are_asked_and_the_first_to_say_yes_comes(
    date: OccurrenceView,
) -> None:
    first, second, third = a_full_date(date)
    large = book(date, "Dora", 2, 1)
    single = book(date, "Elio", 1, 0)
    with clock.frozen(date.starts_at - LAST_HOURS):
        service.cancel(first)
        assert [status(one) for one in (second, third, large, single)] == [OFFERED] * 4
        assert again(date).seats_taken == 0
        service.accept(large)
        assert [status(one) for one in (second, third, large, single)] == [
            WAITLISTED, WAITLISTED, CONFIRMED, OFFERED,
        ]  # fmt: skip
        with pytest.raises(SomebodyWasFaster):
            service.accept(second)
        service.accept(single)
        assert (again(date).seats_taken, offer_to(single).reason) == (4, OfferReason.LAST_HOURS)


def test_a_kept_offer_becomes_one_for_all_when_the_last_hours_begin(date: OccurrenceView) -> None:
    first, second, third = a_full_date(date)
    fourth = book(date, "Dora", 2, 2)
    with clock.frozen(date.starts_at - LAST_HOURS - timedelta(hours=1)):
        service.cancel(first)
        assert [status(one) for one in (second, third, fourth)] == [OFFERED, OFFERED, WAITLISTED]
    at(date.starts_at - LAST_HOURS)
    assert [status(one) for one in (second, third, fourth)] == [OFFERED] * 3
    with clock.frozen(date.starts_at - timedelta(hours=5)):
        service.accept(fourth)
    assert [status(one) for one in (second, third, fourth)] == [WAITLISTED, WAITLISTED, CONFIRMED]
    assert again(date).seats_taken == 4


def test_at_the_beginning_whoever_was_asked_has_simply_waited(date: OccurrenceView) -> None:
    first, second, _ = a_full_date(date)
    with clock.frozen(date.starts_at - timedelta(hours=1)):
        service.cancel(first)
    at(date.starts_at)
    assert (status(second), offer_to(second).status) == (WAITLISTED, OfferStatus.EXPIRED)
    with clock.frozen(date.starts_at), pytest.raises(OccurrencePast):
        service.accept(second)
    assert "offer_expired" not in kinds()


def test_a_date_that_is_off_takes_its_offers_back_and_the_family_waits_again_when_it_is_on(
    date: OccurrenceView,
) -> None:
    first, second, third = a_full_date(date)
    service.cancel(first)
    events.cancel_occurrence(date.public_id)
    assert (status(second), offer_to(second).status, again(date).seats_taken) == (
        CANCELLED, OfferStatus.WITHDRAWN, 0,
    )  # fmt: skip
    events.reinstate_occurrence(date.public_id)
    assert [status(one) for one in (second, third)] == [OFFERED, OFFERED]


def test_a_date_that_moves_closer_asks_nobody_for_longer_than_it_makes_sense(date: OccurrenceView) -> None:
    first, second, _ = a_full_date(date)
    service.cancel(first)
    soon = clock.now() + timedelta(hours=8)
    events.move_occurrence(date.public_id, soon, soon + timedelta(hours=1))
    assert offer_to(second).ends_at <= soon - LAST_HOURS


def test_the_host_sees_why_each_family_was_asked(date: OccurrenceView) -> None:
    first, large, small = book(date, "Amira"), book(date, "Bruno", 2, 1), book(date, "Carla", 1, 0)
    assert (status(large), status(small)) == (WAITLISTED, CONFIRMED)  # it fits, and passes once
    other = book(date, "Dora", 1, 0)
    third = book(date, "Elio", 1, 1)
    service.cancel(other)
    assert offer_of(date, "Bruno") is None
    service.cancel(first)
    asked = offer_of(date, "Bruno")
    assert asked is not None
    assert (asked.reason, asked.free_seats, status(third)) == (OfferReason.FIRST, 3, WAITLISTED)


def offer_of(date: OccurrenceView, name: str) -> OfferView | None:
    return last_offer(next(one for one in people_of(date.id) if one.name == name))


def test_an_unknown_link_accepts_nothing() -> None:
    with pytest.raises(NotFound):
        service.accept("a" * 32)
