"""Loading the demo on both engines: the stories that the first screens tell, today and on any later day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.rules.status import BookingStatus
from app.bookings.service import book, cancel
from app.bookings.signals import booking_cancelled
from app.core import clock, jobs
from app.core.database import db, transaction
from app.core.mail.models import OutboxMessage
from app.demo import queries
from app.demo.network import programme
from app.demo.records import TZID, event_source_key, territory_command
from app.demo.service import load_demo, refresh_demo
from app.events.models import Event, Occurrence
from app.events.queries import occurrence_view
from app.events.rules.vocabulary import OccurrenceStatus
from app.explore.models import GazetteerEntry
from app.places.models import Island, Place, PlaceTerritory
from app.territories.models import Territory
from app.territories.service import save_territories
from tests.app.demo.conftest import MORNING

ROME = ZoneInfo("Europe/Rome")


def coming(key, days=16):
    stored = queries.event_by_source_key(event_source_key(key))
    return queries.dates(stored.id, clock.now(), clock.now() + timedelta(days=days))


def visitor(name="Amira", **changes):
    asked = {
        "email": "amira@example.org",
        "adults": 1,
        "children": 1,
        "idempotency_key": name,
        "language": "it",
    }
    return Book(name=name, **{**asked, **changes})


def count(model, *conditions):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions))


def test_everything_is_there_and_marked_as_made_up(demo):
    assert (count(Place), count(Island), count(Event)) == (41, 29, 33)
    assert count(Place, sa.not_(Place.is_demo)) == count(Event, sa.not_(Event.is_demo)) == 0
    assert {code for (code,) in db.session.execute(sa.select(Territory.code))} == {
        "municipio-4",
        "municipio-6",
    }
    assert count(Territory, Territory.is_demo) == 2
    assert count(PlaceTerritory) == 41
    assert count(GazetteerEntry) >= 40
    assert queries.is_loaded()


def test_loading_again_the_same_day_changes_nothing(demo):
    before = [count(model) for model in (Place, Event, Occurrence, Booking, OutboxMessage)]
    assert load_demo().touched == 0
    assert [count(model) for model in (Place, Event, Occurrence, Booking, OutboxMessage)] == before


def test_tomorrow_at_ten_the_reading_has_exactly_two_seats_left(demo):
    (reading,) = coming("lettura-0-3")
    assert reading.starts_at.astimezone(ROME) == datetime(2026, 11, 24, 10, 0, tzinfo=ROME)
    assert (reading.capacity, reading.free, reading.waiting) == (12, 2, 0)


def test_on_every_weekday_the_next_event_of_two_places_is_the_one_of_the_story(demo):
    story = {"la-lucciola": "lettura-0-3", "scuola-delle-mamme": "fiabe-tre-lingue"}
    for days in range(8):
        with clock.frozen(MORNING + timedelta(days=days, hours=2 * days)):
            refresh_demo()
            for place, event in story.items():
                assert next_event_at(place) == event_source_key(event), days
                assert coming(event)[0].starts_at.astimezone(ROME).date() == clock.today(TZID) + timedelta(
                    days=1
                )


def next_event_at(place):
    place_id = queries.place_keys("demo")[place][0]
    query = sa.select(Event.source_key).join(Occurrence, Occurrence.event_id == Event.id)
    query = query.where(Occurrence.place_id == place_id, Occurrence.starts_at > clock.now())
    return db.session.scalar(query.order_by(Occurrence.starts_at).limit(1))


def test_the_full_meeting_has_two_families_waiting_and_the_queue_moves(demo):
    meeting = coming("psicologa-incontro")[0]
    assert (meeting.capacity, meeting.free, meeting.waiting) == (6, 0, 2)
    first_waiting = db.session.scalars(
        sa.select(Booking.public_id).where(Booking.status == BookingStatus.WAITLISTED).order_by(Booking.id)
    ).first()
    token = queries.family_link(meeting.public_id)
    assert cancel(token) is BookingStatus.CANCELLED
    after = queries.date_now(meeting.public_id)
    assert (after.free, after.waiting) == (0, 1)
    moved_up = db.session.scalar(sa.select(Booking.status).where(Booking.public_id == first_waiting))
    assert moved_up is BookingStatus.OFFERED
    told = (OutboxMessage.subject_id == first_waiting, OutboxMessage.sent_at.is_(None))
    assert count(OutboxMessage, *told) == 1


def test_one_coming_date_is_moved_and_one_cancelled(demo):
    moved = [day for day in coming("prime-pappe") if day.is_moved]
    assert len(moved) == 1
    assert moved[0].starts_at - moved[0].recurrence_id == timedelta(days=1, minutes=30)
    cancelled = [day.status for day in coming("italiano-conversazione")].count(OccurrenceStatus.CANCELLED)
    assert cancelled == 1


def test_made_up_families_are_not_mailed_while_the_demo_is_loaded(demo):
    assert count(Booking) > 50
    assert count(Booking, sa.not_(queries.IS_FAMILY)) == 0
    assert count(OutboxMessage, OutboxMessage.sent_at.is_(None)) == 0


def test_some_events_are_full_and_some_need_no_booking(demo):
    free = [coming(event.key)[0] for event in programme.events() if coming(event.key)]
    assert any(day.capacity is not None and day.free == 0 for day in free)
    assert any(day.capacity is None for day in free)


def test_the_next_day_everything_is_dated_anew_and_still_true(demo):
    with clock.frozen(MORNING + timedelta(days=1)):
        refresh_demo()
        (reading,) = coming("lettura-0-3")
        assert reading.starts_at.astimezone(ROME).date().isoformat() == "2026-11-25"
        assert reading.free == 2
        assert load_demo().touched == 0
        assert count(Event) == 33
        newest = db.session.scalar(sa.select(sa.func.max(Place.confirmed_on)))
        assert newest.isoformat() == "2026-11-23"


def test_a_date_that_a_visitor_booked_stays_when_the_demo_moves_on(demo):
    (reading,) = coming("lettura-0-3")
    booked = book(reading.public_id, visitor())
    assert booked.status is BookingStatus.CONFIRMED
    with clock.frozen(MORNING + timedelta(days=1)):
        refresh_demo()
        today, tomorrow = coming("lettura-0-3")
        assert (today.public_id, today.free) == (reading.public_id, 0)
        assert tomorrow.free == 2
        assert load_demo().touched == 0
        assert cancel(booked.token) is BookingStatus.CANCELLED


def test_a_visitor_who_books_while_the_demo_moves_on_keeps_seat_and_families(demo, monkeypatch):
    (reading,) = coming("lettura-0-3")
    ask = queries.booked_by_visitors
    tokens: list[str] = []

    def asked_just_before(event_id, tzid):
        """The visitor is faster than the demo, which believes that nobody has booked."""
        answer = ask(event_id, tzid)
        if event_id == queries.event_by_source_key(event_source_key("lettura-0-3")).id and not tokens:
            tokens.append(book(reading.public_id, visitor()).token)
        return answer

    monkeypatch.setattr(queries, "booked_by_visitors", asked_just_before)
    with clock.frozen(MORNING + timedelta(days=1)):
        refresh_demo()
        after = queries.date_now(reading.public_id)
        assert (after.free, after.seats_taken) == (0, confirmed_seats(reading.public_id))
        assert load_demo().touched == 0
        assert book(reading.public_id, visitor("Paolo")).status is BookingStatus.WAITLISTED
        assert cancel(tokens[0]) is BookingStatus.CANCELLED


def confirmed_seats(public_id):
    query = sa.select(sa.func.sum(Booking.seats)).join(Occurrence, Occurrence.id == Booking.occurrence_id)
    return db.session.scalar(
        query.where(Occurrence.public_id == public_id, Booking.status == BookingStatus.CONFIRMED)
    )


def test_whoever_keeps_something_of_bookings_hears_of_families_that_go(demo):
    told = []
    family_ids = set(db.session.scalars(sa.select(Booking.id)))

    def hear(sender, *, booking_id):
        told.append(booking_id)

    with booking_cancelled.connected_to(hear), clock.frozen(MORNING + timedelta(days=1)):
        refresh_demo()
    gone = family_ids - set(db.session.scalars(sa.select(Booking.id)))
    assert gone
    assert gone == set(told)
    seats = sa.select(sa.func.coalesce(sa.func.sum(Booking.seats), 0)).where(
        Booking.occurrence_id == Occurrence.id, Booking.status == BookingStatus.CONFIRMED
    )
    assert count(Occurrence, Occurrence.seats_taken != seats.scalar_subquery()) == 0


def test_a_visitor_who_takes_the_last_seats_is_not_overbooked_by_our_families(demo):
    (reading,) = coming("lettura-0-3")
    assert book(reading.public_id, visitor()).status is BookingStatus.CONFIRMED
    assert book(reading.public_id, visitor("Paolo")).status is BookingStatus.WAITLISTED
    load_demo()
    after = queries.date_now(reading.public_id)
    assert (after.free, after.waiting) == (0, 1)


def test_the_chosen_saturday_of_a_single_event_stays_until_it_is_over(demo):
    (first,) = coming("piazza-che-vorrei")
    for days in (1, 2, 3, 4):
        with clock.frozen(MORNING + timedelta(days=days)):
            refresh_demo()
            assert [day.public_id for day in coming("piazza-che-vorrei")] == [first.public_id]
    with clock.frozen(MORNING + timedelta(days=6)):
        refresh_demo()
        (again,) = coming("piazza-che-vorrei")
        assert again.starts_at == first.starts_at + timedelta(days=7)
        assert occurrence_view(first.public_id) is not None


def test_the_daily_job_does_it_and_leaves_an_empty_installation_empty(app, app_settings):
    with app.app_context():
        refresh_demo()
        assert count(Place) == 0
        assert "demo.refresh" in jobs.run_daily(app_settings, force=True).done
        assert count(Event) == 0


def test_real_borders_are_not_replaced_by_ours(app):
    real = territory_command(programme.territories()[0])
    with app.app_context(), clock.frozen(MORNING):
        list(save_territories([type(real)(real.code, real.kind, "Municipio 4", real.area)]))
        load_demo()
        assert (
            db.session.scalar(sa.select(Territory.name).where(Territory.code == "municipio-4"))
            == "Municipio 4"
        )


def test_a_newer_version_brings_its_words_to_a_demo_that_is_loaded(demo):
    with transaction() as session:
        session.execute(sa.update(Territory).values(name="Municipio (confini indicativi)", fingerprint="old"))
    refresh_demo()
    assert set(db.session.scalars(sa.select(Territory.name))) == {"Municipio 4", "Municipio 6"}
