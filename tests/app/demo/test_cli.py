"""`flask wendy demo` and `flask wendy sample`."""

import sqlalchemy as sa

from app.core.database import db
from app.places.models import Place
from tests import engines


def run(settings, *arguments):
    with engines.running_app(settings) as app:
        done = app.test_cli_runner().invoke(args=["wendy", *arguments])
        with app.app_context():
            return done, db.session.scalar(sa.select(sa.func.count()).select_from(Place))


def test_demo_loads_the_network_and_says_how_much(tmp_path, spatialite_url):
    settings = engines.settings_for(tmp_path, spatialite_url)
    done, places = run(settings, "demo")
    assert (done.exit_code, places) == (0, 41)
    assert "41 places and 33 events" in done.output
    again, _ = run(settings, "demo")
    assert "new or changed: 0" in again.output


def test_only_if_empty_leaves_what_is_there(tmp_path, spatialite_url):
    settings = engines.settings_for(tmp_path, spatialite_url)
    assert run(settings, "sample", "--places", "3", "--events", "2", "--seed", "1")[1] == 3
    done, places = run(settings, "demo", "--only-if-empty")
    assert (done.exit_code, places) == (0, 3)
    assert "nothing loaded" in done.output


def test_sample_refuses_numbers_that_make_no_sense(tmp_path, spatialite_url):
    done, places = run(engines.settings_for(tmp_path, spatialite_url), "sample", "--places", "0")
    assert done.exit_code == 2
    assert places == 0
