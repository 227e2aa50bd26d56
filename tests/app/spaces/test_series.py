"""Every Thursday until June: clashes are listed and skipped, and taken up when they get free."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.core import clock
from app.spaces import service
from app.spaces.commands import ReserveSeries
from app.spaces.queries import SpaceView, reservations_of
from app.spaces.rules.refusals import SlotTaken, TooManyDates
from app.spaces.rules.series import Every, series_starts
from app.spaces.rules.status import ReservationStatus as Status
from tests.app.spaces.factory import make_space, wish

ROME = ZoneInfo("Europe/Rome")
FIRST = datetime(2027, 3, 4, 17, tzinfo=ROME)  # a Thursday
UNTIL = date(2027, 6, 1)
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def thursdays(space: SpaceView) -> str:
    command = ReserveSeries(FIRST, 2, Every.WEEK, UNTIL, "Coro delle mamme", "once", "it")
    return service.reserve_series(space.id, command)


def test_every_thursday_until_june_skips_two_and_takes_one_up_again(app: Flask) -> None:
    with app.app_context(), clock.frozen(NOW):
        space = make_space(window_days=200)
        clashes = [FIRST + timedelta(weeks=3), FIRST + timedelta(weeks=5)]
        tokens = [
            service.reserve(space.public_id, wish(n, starts_at=at)).token for n, at in enumerate(clashes)
        ]
        series = thursdays(space)
        assert thursdays(space) == series
        dates = [one for one in reservations_of(space.id, NOW) if one.series_id == series]
        skipped = [one for one in dates if one.status is Status.SKIPPED]
        assert len(dates) == 13
        assert [one.starts_at for one in skipped] == clashes
        with pytest.raises(SlotTaken):
            service.take_up(space.id, skipped[0].public_id)
        service.cancel(tokens[0])
        assert service.take_up(space.id, skipped[0].public_id) is Status.CONFIRMED
        assert service.take_up(space.id, skipped[0].public_id) is Status.CONFIRMED
        with pytest.raises(SlotTaken):
            service.take_up(space.id, skipped[1].public_id)


def test_the_hour_stays_when_the_clocks_change() -> None:
    starts = series_starts(FIRST, Every.WEEK, UNTIL, "Europe/Rome")
    assert {moment.astimezone(ROME).hour for moment in starts} == {17}
    assert {moment.hour for moment in starts} == {15, 16}


@pytest.mark.parametrize(("every", "number"), [(Every.WEEK, 13), (Every.FORTNIGHT, 7), (Every.MONTH, 3)])
def test_how_often_it_comes_back(every: Every, number: int) -> None:
    assert len(series_starts(FIRST, every, UNTIL, "Europe/Rome")) == number


def test_more_dates_than_can_be_looked_at_are_refused_aloud() -> None:
    with pytest.raises(TooManyDates):
        series_starts(FIRST, Every.WEEK, date(2029, 6, 1), "Europe/Rome")
