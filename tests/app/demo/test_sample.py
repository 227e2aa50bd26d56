"""Sample data for benches: as many as asked for, the same for a seed, and written safely again afterwards."""

import sqlalchemy as sa

from app.core import clock
from app.core.database import db
from app.demo import queries, sample, sample_records
from app.demo.fast_writes import fast_writes
from app.events.models import Event, Occurrence
from app.places.models import Place


def test_it_makes_as_many_as_asked_for_all_marked(app):
    with app.app_context():
        assert not queries.has_made_up_records()
        made = sample.make(places=30, events=20, seed=7)
        assert queries.has_made_up_records()
        assert (made.places, made.events) == (30, 20)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Place).where(Place.is_demo)) == 30
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Event).where(Event.is_demo)) == 20
        assert made.dates == db.session.scalar(sa.select(sa.func.count()).select_from(Occurrence)) == 200


def test_the_same_seed_again_changes_nothing(app):
    with app.app_context():
        sample.make(places=10, events=5, seed=3)
        before = db.session.scalar(sa.select(sa.func.max(Place.updated_at)))
        sample.make(places=10, events=5, seed=3)
        assert db.session.scalar(sa.select(sa.func.max(Place.updated_at))) == before
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 5


def test_a_seed_gives_the_same_records_and_another_seed_others():
    today = clock.today("Europe/Rome")
    first, again, other = (list(sample_records.places(20, seed, today)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    ids = ["a", "b"]
    assert list(sample_records.events(9, 1, today, ids)) == list(sample_records.events(9, 1, today, ids))


def test_after_sample_data_writes_wait_for_the_disk_again(app):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        with fast_writes():
            assert db.session.scalar(sa.text("PRAGMA synchronous")) == 0
        assert db.session.scalar(sa.text("PRAGMA synchronous")) == 2
