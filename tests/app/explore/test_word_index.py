"""The index of words follows what it is about, in the same transaction; on both engines."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from app.core.database import db, transaction
from app.explore.models import SearchEntry, SearchPosting, SearchSpelling, SearchWord
from app.explore.queries.lookup import find
from app.explore.rules.spelling import words_of
from app.explore.service import rebuild_index, sweep_words
from app.places.models import Place
from app.places.signals import place_saved
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI


@pytest.fixture
def shop(app):
    """A bookshop that is found by its name."""
    with app.app_context():
        factory.store(factory.place(NAPOLI, name="La Lucciola, libri per bambini"))
    return app


def test_new_words_are_found_and_old_ones_forgotten(shop):
    with shop.app_context():
        with transaction() as session:
            place = session.scalar(sa.select(Place).where(Place.name.startswith("La Lucciola")))
            place.name = "Il Grillo Parlante"
            place_saved.send(None, place_id=place.id)
        assert find(words_of("grilo parlante"))
        assert not find(words_of("lucciola"))
        assert sweep_words() > 0
        assert db.session.get(SearchWord, "lucciola") is None


def test_a_hidden_place_is_not_found(shop):
    with shop.app_context():
        with transaction() as session:
            place = session.scalar(sa.select(Place).where(Place.name.startswith("La Lucciola")))
            place.is_published = False
            place_saved.send(None, place_id=place.id)
        assert not find(words_of("lucciola"))


def test_writing_all_words_again_changes_nothing_and_mends_what_is_missing(shop):
    def rows():
        return [
            db.session.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in (SearchEntry, SearchPosting, SearchWord, SearchSpelling)
        ]

    with shop.app_context():
        before = rows()
        rebuild_index()
        assert rows() == before
        with transaction() as session:
            session.execute(sa.delete(SearchPosting))
            session.execute(sa.delete(SearchEntry))
        rebuild_index()
        assert rows() == before


def test_two_who_save_the_same_new_words_at_once_both_succeed(app):
    def save(number: int) -> None:
        with app.app_context():
            factory.store(factory.place(NAPOLI, name=f"Zanzibar Quagliarella Ornitorinco {number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(16)))
    with app.app_context():
        assert len(find(words_of("ornitorico"))) == 16
