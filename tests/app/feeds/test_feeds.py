"""Feeds as subscribers fetch them, on both engines."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.database import db, transaction
from app.events.models import Event
from app.events.rules.vocabulary import FirstTopic
from app.events.service import cancel_occurrence, move_occurrence
from app.events.signals import event_saved
from app.feeds.queries import feed_state
from app.feeds.service import move_window, rebuild
from app.places.models import Place, PlaceSlug, PlaceTerritory
from app.places.signals import place_saved, places_found
from app.territories.models import Territory
from tests.app.feeds.facts import parse
from tests.app.feeds.network import add_event, add_place, add_territory, dates

NETWORK, PLACE = "/feeds/network.ics", "/feeds/places/la-lucciola.ics"
TERRITORY, TOPIC = "/feeds/territories/municipio-4.ics", "/feeds/topics/reading.ics"


@pytest.fixture
def reading(app) -> Any:
    """The key of a stored weekly reading, in an application context."""
    with app.app_context():
        place = add_place()
        add_territory(place)
        yield add_event(place)


def tell(event_id: int) -> None:
    """What events.service does inside its transaction."""
    event_saved.send(event_id=event_id)


def edit_and_fail(event_id: int) -> None:
    with transaction() as session:
        session.execute(sa.update(Event).values(sequence=7))
        tell(event_id)
        raise RuntimeError("power cut")


def events(client, address: str = NETWORK) -> list[Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(parse(answer.data).walk("VEVENT"))


@pytest.mark.parametrize("address", [NETWORK, PLACE, TERRITORY, TOPIC])
def test_a_saved_event_stands_in_each_of_its_feeds(client, reading, address):
    (series,) = events(client, address)
    assert series["SUMMARY"] == "Lettura 0-3"
    assert series["LOCATION"] == "La Lucciola, Via Negroli 7, 20133 Milano"
    assert series["URL"].startswith("http://localhost:8000/events/")


def test_other_topics_stay_empty_and_valid(client, reading):
    assert events(client, "/feeds/topics/sewing.ics") == []


def test_the_language_is_chosen_by_the_address_alone(client, reading):
    answer = client.get(f"{NETWORK}?lang=en", headers={"Accept-Language": "ar"})
    (series,) = parse(answer.data).walk("VEVENT")
    assert series["SUMMARY"] == "Reading 0-3"
    assert "lang=en" in series["URL"]
    assert client.get(NETWORK, headers={"Accept-Language": "ar"}).data == client.get(NETWORK).data


def test_a_cancelled_date_shows_at_once_and_only_in_its_feeds(client, reading):
    before = client.get(NETWORK).headers["ETag"]
    untouched = feed_state("topic:sewing")
    cancel_occurrence(dates(reading)[2].public_id)
    _, exception = events(client)
    assert exception["STATUS"] == "CANCELLED"
    assert exception["RECURRENCE-ID"].dt == dates(reading)[2].recurrence_id
    assert client.get(NETWORK).headers["ETag"] != before
    assert feed_state("topic:sewing") == untouched


def test_a_moved_date_says_where_it_was(client, reading):
    date = dates(reading)[1]
    move_occurrence(date.public_id, date.starts_at + timedelta(days=1), date.ends_at + timedelta(days=1))
    _, exception = events(client, PLACE)
    assert exception["DTSTART"].dt - exception["RECURRENCE-ID"].dt == timedelta(days=1)
    assert exception["SEQUENCE"] == 1
    assert str(exception["SUMMARY"]) != "Lettura 0-3"


def test_nothing_is_stored_when_the_edit_fails(app, reading):
    before = feed_state("network")
    with pytest.raises(RuntimeError, match="power cut"):
        edit_and_fail(reading)
    assert feed_state("network") == before


def test_a_renamed_place_reaches_the_entries_of_its_events(client, reading):
    with transaction() as session:
        place = session.scalars(sa.select(Place)).one()
        place.name, place.updated_at = "La Lanterna", clock.now()
        session.flush()
        place_saved.send(place_id=place.id)
    (series,) = events(client)
    assert series["LOCATION"].startswith("La Lanterna, ")


def test_a_feed_moves_once_with_a_transaction_however_many_of_its_events_change(app, reading):
    place = db.session.scalars(sa.select(Place)).one()
    add_event(place.public_id)
    before = feed_state("network").version
    with transaction() as session:
        place = session.scalars(sa.select(Place)).one()
        place.name, place.updated_at = "La Lanterna", clock.now()
        session.flush()
        place_saved.send(place_id=place.id)
        assert feed_state("network").version == before, "nobody waits for this row while places are written"
    assert feed_state("network").version == before + 1


def test_saving_without_a_change_leaves_every_version_alone(app, reading):
    before = feed_state("network")
    with transaction():
        tell(reading)
    assert rebuild() == 0
    assert feed_state("network") == before


def test_a_changed_border_changes_the_feed_of_its_territory(client, reading):
    with transaction() as session:
        session.execute(sa.delete(PlaceTerritory))
        territory_id = session.scalars(sa.select(Territory.id)).one()
        places_found.send(territory_id=territory_id)
    assert events(client, TERRITORY) == []
    with transaction() as session:
        place_id = session.scalars(sa.select(Place.id)).one()
        session.add(PlaceTerritory(place_id=place_id, territory_id=territory_id))
        session.flush()
        places_found.send(territory_id=territory_id)
    assert len(events(client, TERRITORY)) == 1


def test_an_event_that_leaves_a_topic_leaves_its_feed(client, reading):
    with transaction() as session:
        event = session.get_one(Event, reading)
        event.topics[0].topic = FirstTopic.PLAY
        session.flush()
        tell(reading)
    assert events(client, TOPIC) == []
    assert len(events(client, "/feeds/topics/play.ics")) == 1


def test_what_is_not_published_is_in_no_feed(client, reading):
    with transaction() as session:
        session.get_one(Event, reading).is_published = False
        session.flush()
        tell(reading)
    assert events(client) == []
    assert client.get(f"/occurrences/{dates(reading)[0].public_id}.ics").status_code == 404


def test_events_leave_180_days_after_their_last_date(client, app, reading):
    last_end = dates(reading)[-1].ends_at
    with clock.frozen(last_end + timedelta(days=180)):
        move_window()
        assert len(events(client)) == 1
    version = feed_state("network").version
    with clock.frozen(last_end + timedelta(days=182)):
        move_window()
        assert events(client) == []
    assert feed_state("network").version > version


def test_rebuilding_writes_for_the_present_address(app, reading):
    stored = sa.text("SELECT content FROM calendar_entry WHERE language = 'it'")
    app.extensions["settings"] = type(app.extensions["settings"])(
        data_dir=app.extensions["settings"].data_dir,
        public_url="https://isole.example",
        mail_url="smtp://mail.example",
    )
    assert rebuild() == 1
    content = bytes(db.session.execute(stored).scalar_one())
    assert b"https://isole.example/events/" in content.replace(b"\r\n ", b"")
    assert b"localhost" not in content


def test_an_earlier_name_of_a_place_leads_subscribers_on(client, reading):
    with transaction() as session:
        place = session.scalars(sa.select(Place)).one()
        session.add_all([PlaceSlug(slug=slug, place_id=place.id) for slug in (place.slug, "il-lume")])
    answer = client.get("/feeds/places/il-lume.ics?lang=en")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/feeds/places/la-lucciola.ics?lang=en"


def test_one_date_is_added_under_its_own_uid(client, reading):
    date = dates(reading)[0]
    answer = client.get(f"/occurrences/{date.public_id}.ics")
    (only,) = parse(answer.data).walk("VEVENT")
    assert only["UID"] == f"{date.public_id}@isole-di-wendy"
    assert "RRULE" not in only
    assert "RECURRENCE-ID" not in only
    assert only["DTSTART"].dt == date.starts_at


def test_demo_feeds_say_so_in_their_name(client, app):
    with app.app_context():
        add_event(add_place(is_demo=True), is_demo=True)
    read = parse(client.get(NETWORK).data)
    assert read["X-WR-CALNAME"] != "Isole di Wendy"
    assert [one["X-WENDY-DEMO"] for one in read.walk("VEVENT")] == ["TRUE"]
