"""Operators name topics and merge them: events, filters, calendars and old addresses follow, and the chain of notes holds."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.actor import Grant, Role
from app.core.audit.models import AuditDetail, AuditEntry
from app.core.database import db, transaction
from app.events import service
from app.events.models import Event, EventTopic, Topic
from app.events.queries.topics import topic_slugs, topics
from app.events.rules.topics import MOST, NotMergeable, TooManyTopics
from app.events.rules.vocabulary import FirstTopic
from app.places.queries import staff_place
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import make_event, make_place
from tests.client import CheckingClient

NAMES = {"it": "Musica", "en": "Music", "ar": "موسيقى"}


@pytest.fixture
def operator(app: Flask, client: CheckingClient) -> CheckingClient:
    enter(app, client, Grant(Role.OPERATOR))
    return client


def about(app: Flask, *chosen: str) -> str:
    with app.app_context():
        return make_event(topics=frozenset(chosen))


def topics_of(app: Flask, event_id: str) -> list[str]:
    with app.app_context():
        event = db.session.query(Event).filter_by(public_id=event_id).one()
        return sorted(row.topic for row in event.topics)


def browser(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


def test_a_new_topic_is_offered_everywhere(app: Flask, operator: CheckingClient) -> None:
    assert submit(operator, "/admin", **NAMES, icon="heart").status_code == 303
    event_id = about(app, "musica")
    visitor = browser(app)
    for language, name in NAMES.items():
        assert name in visitor.get(f"/events?lang={language}").text
    assert "Lettura" in visitor.get("/events?topic=musica").text
    calendar = visitor.get("/feeds/topics/musica.ics").get_data(as_text=True)
    assert f"{event_id}@isole-di-wendy" in calendar
    assert "CATEGORIES:Musica" in calendar
    assert "topics/musica" in visitor.get("/subscribe").text


def test_other_words_reach_the_calendars(app: Flask, operator: CheckingClient) -> None:
    about(app, FirstTopic.PLAY)
    visitor = browser(app)
    assert "CATEGORIES:Gioco" in visitor.get("/feeds/topics/play.ics").get_data(as_text=True)
    names = {"it": "Giocare insieme", "en": "Play", "ar": "اللعب"}
    assert submit(operator, "/admin/topics/play", **names, icon="play_area").status_code == 303
    assert "CATEGORIES:Giocare insieme" in visitor.get("/feeds/topics/play.ics").get_data(as_text=True)


def test_merging_moves_events_calendars_and_addresses(app: Flask, operator: CheckingClient) -> None:
    both, one = about(app, FirstTopic.PLAY, FirstTopic.READING), about(app, FirstTopic.PLAY)
    visitor = browser(app)
    assert one in visitor.get("/feeds/topics/play.ics").get_data(as_text=True)
    assert submit_merge(operator, "play", "reading") == 303
    assert [topics_of(app, event_id) for event_id in (both, one)] == [["reading"], ["reading"]]
    moved = visitor.get("/feeds/topics/play.ics?lang=en")
    assert (moved.status_code, moved.location) == (301, "/feeds/topics/reading.ics?lang=en")
    assert "Set-Cookie" not in moved.headers  # a calendar's language is no choice of the reader's
    calendar = visitor.get("/feeds/topics/reading.ics").get_data(as_text=True)
    assert one in calendar
    assert "CATEGORIES:Gioco" not in calendar
    assert "Lettura" in visitor.get("/events?topic=play").text  # a shared link goes on working
    assert "Gioco" not in visitor.get("/events").text
    page = operator.get("/admin").text
    assert "Gioco è ora Storie e libri" in page
    with app.app_context():
        notes = db.session.scalars(
            sa.select(AuditDetail.changes).join(AuditEntry).where(AuditEntry.kind == "topic")
        ).all()
    assert any('"reading"' in note for note in notes)
    result = app.test_cli_runner().invoke(args=["wendy", "audit", "verify"])
    assert result.exit_code == 0, result.output


def submit_merge(client: CheckingClient, slug: str, into: str) -> int:
    hidden = hidden_values(client.get(f"/admin/topics/{slug}").text)
    return client.post(f"/admin/topics/{slug}/merge", data=hidden | {"into": into}).status_code


def test_what_is_merged_twice_ends_at_the_last(app: Flask) -> None:
    event_id = about(app, FirstTopic.PLAY)
    with app.app_context():
        service.merge_topics("play", "reading")
        service.merge_topics("reading", "language")
        assert topic_slugs()["play"] == "language"
        for one, other in (("language", "language"), ("sewing", "play"), ("play", "sewing")):
            with pytest.raises(NotMergeable):
                service.merge_topics(one, other)
    assert topics_of(app, event_id) == ["language"]


def test_a_merge_that_was_cut_short_is_finished_the_next_day(app: Flask) -> None:
    event_id = about(app, FirstTopic.PLAY)
    with app.app_context():
        with transaction() as session:
            session.execute(sa.update(Topic).where(Topic.slug == "play").values(merged_into="reading"))
        service.finish_merges()
    assert topics_of(app, event_id) == ["reading"]


def test_many_events_follow_in_short_transactions(app: Flask) -> None:
    with app.app_context():
        place = make_place()
        for _ in range(60):
            make_event(place, topics=frozenset({FirstTopic.PLAY}))
        service.merge_topics("play", "reading")
        assert db.session.query(EventTopic).filter_by(topic="reading").count() == 60
        assert db.session.query(EventTopic).filter_by(topic="play").count() == 0


def test_there_is_an_end_to_naming(app: Flask) -> None:
    with app.app_context():
        for number in range(MOST - len(topics())):
            service.add_topic({"it": f"Tema {number}"}, "heart")
        with pytest.raises(TooManyTopics):
            service.add_topic({"it": "Ancora uno"}, "heart")


@pytest.mark.parametrize("typed", [{"it": ""}, {"it": "x" * 61}, {"icon": "skull"}])
def test_what_is_missing_is_said(app: Flask, operator: CheckingClient, typed: dict[str, str]) -> None:
    assert submit(operator, "/admin", **NAMES | {"icon": "heart"} | typed).status_code == 422


def test_only_operators_name_topics(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        found = staff_place(make_place())
    assert found is not None
    enter(app, client, Grant(Role.HOST, place_id=found.id))
    token = hidden_values(client.get(f"/studio/places/{found.public_id}/team").text)
    assert client.get("/admin").status_code == 403
    assert client.post("/admin/topics/play/merge", data=token | {"into": "reading"}).status_code == 403
    with app.app_context():
        assert topic_slugs()["play"] == "play"


def test_hostile_names_stay_names(app: Flask, operator: CheckingClient) -> None:
    names = {"it": "<b>Rap</b>;,\\", "en": "a\r\nb", "ar": "\u202eabc"}
    assert submit(operator, "/admin", **names, icon="heart").status_code == 303
    assert "<b>Rap" not in browser(app).get("/events").text
