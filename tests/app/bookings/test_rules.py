"""Who gets a seat: first come, first served, families whole or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bookings.rules.admission import (
    BookingClosed,
    FewerSeatsLeft,
    NotBookable,
    OccurrenceCancelled,
    OccurrencePast,
    OccurrencePutOff,
    Seats,
    admit,
    check_open,
)
from app.bookings.rules.party import (
    Party,
    PartyEmpty,
    PartyNegative,
    PartyNotPossible,
    PartyTooLarge,
    PartyWithoutAdult,
    check_party,
    seats_of,
)
from app.bookings.rules.status import BookingStatus
from app.events.rules.vocabulary import OccurrenceStatus

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
parties = st.builds(Party, st.integers(-3, 1200), st.integers(-3, 1200))


@pytest.mark.parametrize(
    ("party", "error"),
    [
        (Party(0, 0), PartyEmpty),
        (Party(1000, 0), PartyTooLarge),
        (Party(0, 1000), PartyTooLarge),
        (Party(-1, 3), PartyNegative),
        (Party(1, -1), PartyNegative),
    ],
)
def test_a_party_that_cannot_come_is_named(party: Party, error: type[PartyNotPossible]) -> None:
    with pytest.raises(error):
        check_party(party, max_party=8)


@given(parties, st.integers(1, 100))
def test_whoever_passes_the_check_is_somebody_and_not_too_many(party: Party, most: int) -> None:
    try:
        check_party(party, most)
    except PartyNotPossible:
        return
    assert 1 <= party.people <= most
    assert party.adults >= 0
    assert party.children >= 0
    for counted in ("everybody", "children", "adults", "families"):
        assert 1 <= seats_of(party, counted) <= party.people


def test_small_children_come_with_an_adult_and_school_children_may_come_alone() -> None:
    alone = Party(adults=0, children=2)
    for age_from_months in (None, 0, 71):
        with pytest.raises(PartyWithoutAdult):
            check_party(alone, 8, age_from_months)
    check_party(alone, 8, 72)


@given(st.integers(1, 30), st.integers(0, 30), st.integers(1, 40), st.booleans(), st.booleans())
def test_a_confirmed_party_fits_and_overtakes_nobody_and_nobody_waits_unasked(
    capacity: int, taken: int, wanted: int, queue_is_empty: bool, accepts_waiting: bool
) -> None:
    seats = Seats(capacity, min(taken, capacity))
    fits = seats.taken + wanted <= seats.capacity
    try:
        status = admit(seats, wanted, queue_is_empty=queue_is_empty, accepts_waiting=accepts_waiting)
    except PartyTooLarge:
        assert wanted > seats.capacity
        return
    except FewerSeatsLeft:
        assert (queue_is_empty, fits, accepts_waiting) == (True, False, False)
        assert seats.free > 0
        return
    assert (status is BookingStatus.CONFIRMED) == (fits and queue_is_empty)


SCHEDULED, CANCELLED, POSTPONED = (
    OccurrenceStatus.SCHEDULED, OccurrenceStatus.CANCELLED, OccurrenceStatus.POSTPONED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("starts_in", "state", "is_bookable", "error"),
    [
        (timedelta(days=1), CANCELLED, True, OccurrenceCancelled),
        (timedelta(days=1), POSTPONED, True, OccurrencePutOff),
        (timedelta(0), SCHEDULED, True, OccurrencePast),
        (timedelta(days=-1), SCHEDULED, True, OccurrencePast),
        (timedelta(days=1), SCHEDULED, False, NotBookable),
    ],
)
def test_a_date_that_takes_no_bookings_says_why(
    starts_in: timedelta, state: OccurrenceStatus, is_bookable: bool, error: type[BookingClosed]
) -> None:
    with pytest.raises(error):
        check_open(starts_at=NOW + starts_in, status=state, is_bookable=is_bookable, now=NOW)
