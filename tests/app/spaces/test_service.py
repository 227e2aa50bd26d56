"""Who reserves gets the time or a clear no; nobody else gets the same time."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.mail.models import OutboxMessage
from app.spaces import service
from app.spaces.commands import Decide
from app.spaces.models import Reservation
from app.spaces.queries import reservation_by_token, reservations_of
from app.spaces.rules.refusals import AlreadyBegun, CutNotPossible, SlotTaken, TooManyThisWeek
from app.spaces.rules.status import ReservationStatus as Status
from app.spaces.rules.status import SpaceKind
from tests import engines
from tests.app.spaces.factory import make_space, moment, space_command, wish


def test_a_free_slot_is_reserved_once_however_often_it_is_pressed(app: Flask) -> None:
    with app.app_context():
        space = make_space()
        first, again = service.reserve(space.public_id, wish()), service.reserve(space.public_id, wish())
        assert first == again
        assert first.status is Status.CONFIRMED
        with pytest.raises(SlotTaken):
            service.reserve(space.public_id, wish(2))


def test_the_buffer_is_kept_on_both_sides(app: Flask) -> None:
    with app.app_context():
        space = make_space(buffer_minutes=30)
        service.reserve(space.public_id, wish(1, starts_at=moment(3, 12)))
        for hour in (11, 12, 13):
            with pytest.raises(SlotTaken):
                service.reserve(space.public_id, wish(2, starts_at=moment(3, hour)))
        service.reserve(space.public_id, wish(2, starts_at=moment(3, 10)))
        service.reserve(space.public_id, wish(3, starts_at=moment(3, 14)))


@pytest.mark.parametrize(
    "changes",
    [
        {"community_hours": "Mo-Su 15:00-19:00"},
        {"notice_hours": 24 * 5},
        {"window_days": 1},
        {"opening_hours": "Mo-Su 16:00-19:00"},
    ],
)
def test_times_that_are_not_offered_are_refused(app: Flask, changes: dict[str, Any]) -> None:
    with app.app_context(), pytest.raises(SlotTaken):
        service.reserve(make_space(**changes).public_id, wish())


def test_one_person_has_only_so_many_in_a_week(app: Flask) -> None:
    with app.app_context():
        space = make_space(max_per_week=1)
        service.reserve(space.public_id, wish(1))
        again = wish(1, starts_at=moment(3, 15), idempotency_key="b", email="F1@example.org")
        with pytest.raises(TooManyThisWeek):
            service.reserve(space.public_id, again)


def test_a_space_that_is_not_shown_cannot_be_reserved(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotFound):
        service.reserve(make_space(is_published=False).public_id, wish())


def test_no_space_is_cut_as_its_kind_is_not(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(CutNotPossible):
            make_space(slot_minutes=15)
        desk = make_space(kind=SpaceKind.DESK, slot_minutes=20)
        with pytest.raises(CutNotPossible):
            service.reserve(desk.public_id, wish(steps=2))


@pytest.mark.parametrize(("is_accepted", "status"), [(True, Status.CONFIRMED), (False, Status.DECLINED)])
def test_a_request_holds_its_time_until_it_is_answered(app: Flask, is_accepted: bool, status: Status) -> None:
    with app.app_context():
        space = make_space(needs_approval=True)
        asked = service.reserve(space.public_id, wish())
        assert asked.status is Status.REQUESTED
        with pytest.raises(SlotTaken):
            service.reserve(space.public_id, wish(2))
        own_id = reservation_by_token(asked.token).public_id
        assert service.decide(space.id, Decide(own_id, is_accepted, "Vi aspettiamo")) is status
        assert service.decide(space.id, Decide(own_id, not is_accepted)) is status
        assert reservation_by_token(asked.token).answer == "Vi aspettiamo"
        kinds = set(db.session.scalars(sa.select(OutboxMessage.kind)))
        assert kinds == {"reservation_requested", f"reservation_{status}"}


def test_what_is_given_back_is_free_again(app: Flask) -> None:
    with app.app_context():
        space = make_space()
        token = service.reserve(space.public_id, wish()).token
        assert service.cancel(token) is service.cancel(token) is Status.CANCELLED
        assert service.reserve(space.public_id, wish(2)).status is Status.CONFIRMED
        with pytest.raises(NotFound):
            service.cancel("nothing")


def test_what_has_begun_is_not_given_back_and_unanswered_requests_lapse(app: Flask) -> None:
    with app.app_context():
        space = make_space(needs_approval=True)
        token = service.reserve(space.public_id, wish()).token
        with clock.frozen(moment(4)):
            with pytest.raises(AlreadyBegun):
                service.cancel(token)
            service.expire_requests()
        assert reservation_by_token(token).status is Status.EXPIRED


def test_changing_a_space_keeps_what_is_reserved(app: Flask) -> None:
    with app.app_context():
        space = make_space()
        service.reserve(space.public_id, wish())
        changed = space_command(opening_hours="Su 10:00-11:00")
        assert service.save_space(space.place_id, changed, space.public_id) == space.public_id
        assert len(reservations_of(space.id, clock.now())) == 1
        with pytest.raises(NotFound):
            service.save_space(space.place_id, changed, "nothing000")


@pytest.mark.postgres
def test_postgresql_itself_refuses_an_overlap(tmp_path: Path, postgis_url: str) -> None:
    """SQLite has one writer at a time and no exclusion constraints."""
    with engines.running_app(engines.settings_for(tmp_path, postgis_url)) as app, app.app_context():
        space = make_space(max_per_week=9)
        service.reserve(space.public_id, wish(1))
        service.reserve(space.public_id, wish(2, starts_at=moment(3, 12)))
        shift = (Reservation.starts_at == moment(3, 12), Reservation.space_id == space.id)
        with (
            pytest.raises(sa.exc.IntegrityError, match="ex_reservation_no_overlap"),
            transaction() as session,
        ):
            session.execute(
                sa.update(Reservation).where(*shift).values(starts_at=moment(3, 10) + timedelta(minutes=59))
            )
