"""The database knows how many rows its tables have, so that it chooses the right index."""

import sqlalchemy as sa

from app.core import jobs, statistics
from app.core.database import db
from tests.app.feeds.network import add_place

SQLITE = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'place'"
POSTGRES = "SELECT count(*) FROM pg_class WHERE relname = 'place' AND reltuples >= 1"


def test_after_looking_the_figures_of_a_table_are_known(app):
    with app.app_context():
        question = sa.text(SQLITE if db.engine.dialect.name == "sqlite" else POSTGRES)
        add_place()
        statistics.refresh()
        known = db.session.scalar(question)
        assert known is not None
        assert known > 0


def test_it_looks_every_day(app):
    with app.app_context():
        assert "statistics" in jobs.run_daily(app.extensions["settings"], force=True).done
