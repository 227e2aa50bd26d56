"""The daily job moves opening times forward and never writes over what somebody saved meanwhile, on both engines."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.database import db, transaction
from app.places import service
from app.places.models import Place, PlaceOpening
from app.places.rules.intervals import Interval
from app.places.service import openings
from app.places.signals import place_saved
from tests.app.places.places import plain

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY_DAY, BY_NIGHT = "Mo-Su 08:00-20:00", "Mo-Su 22:00-23:00"


@pytest.fixture
def stored(app: Flask) -> None:
    with app.app_context(), clock.frozen(MONDAY):
        service.save_places([plain("1", opening_hours=BY_DAY), plain("2", opening_hours=BY_DAY)])


def run_job(app: Flask, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """The job a day later; `meanwhile` happens when it has read the hours and not yet written."""
    real = openings.opening_rows

    def work_out(hours: openings.Hours, now: datetime) -> list[Interval]:
        meanwhile()
        return real(hours, now)

    monkeypatch.setattr(openings, "opening_rows", work_out)
    with app.app_context(), clock.frozen(MONDAY + timedelta(days=1)):
        service.refresh_openings()


def rows_of(source_id: str) -> list[PlaceOpening]:
    query = sa.select(PlaceOpening).join(Place, Place.id == PlaceOpening.place_id)
    return list(db.session.scalars(query.where(Place.source_id == source_id).order_by(PlaceOpening.opens_at)))


@pytest.mark.usefixtures("stored")
def test_a_place_being_saved_keeps_its_new_hours(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    is_writing = threading.Event()

    def take_a_moment(_sender: object, *, place_id: int) -> None:
        is_writing.set()
        time.sleep(0.3)  # holds the lock while the daily job comes to it; nothing tells when it waits

    def save() -> None:
        with app.app_context(), clock.frozen(MONDAY), place_saved.connected_to(take_a_moment):
            service.save_places([plain("1", opening_hours=BY_NIGHT)])

    saving = threading.Thread(target=save)

    def meanwhile() -> None:
        saving.start()
        assert is_writing.wait(5)

    run_job(app, monkeypatch, meanwhile)
    saving.join()
    with app.app_context():
        assert {row.opens_at.hour for row in rows_of("1")} == {21}  # 22:00 in Milan
        assert rows_of("2")[-1].opens_at.date() == datetime(2026, 12, 7, tzinfo=UTC).date()


@pytest.mark.usefixtures("stored")
def test_a_place_removed_meanwhile_is_no_error(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def remove() -> None:
        with app.app_context(), transaction() as session:
            session.execute(sa.delete(Place).where(Place.source_id == "1"))

    def meanwhile() -> None:
        removing = threading.Thread(target=remove)
        removing.start()
        removing.join()

    run_job(app, monkeypatch, meanwhile)
    with app.app_context():
        assert rows_of("1") == []
        assert rows_of("2")[-1].opens_at.date() == datetime(2026, 12, 7, tzinfo=UTC).date()
