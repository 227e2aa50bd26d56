"""A parent reports without an account, its people are told and answer, and nothing of it is public."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask

from app.accounts.commands import SavePerson
from app.accounts.service import save_person
from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.asker import COOKIE_SECONDS
from app.core.database import db
from app.core.local_text import Text
from app.core.mail.delivery import drain
from app.core.mail.models import OutboxMessage
from app.places import service
from app.places.commands import AnswerReport, SendReport
from app.places.models import Report, ReportAnswer
from app.places.rules.reports import ReportKind, ReportSettled, ReportStatus
from app.places.service import forgetting
from app.places.views import report_limits
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.places.trusting import SLUG, another_browser, doubt, make_pharmacy, the_place
from tests.client import CheckingClient

NEW = f"/places/{SLUG}/report"
WORDS = "Manca una vite: <b>balla</b>"
TYPED = {"kind": "broken", "text": WORDS, "email": "amira@example.org"}


@pytest.fixture
def place_id(app: Flask) -> str:
    """A pharmacy with a host who reads Arabic, and somebody who has nothing to do with it."""
    with app.app_context():
        made = make_pharmacy()
        host = Grant(Role.HOST, place_id=the_place().id)
        save_person(SavePerson("host@example.org", "Fatima", "ar", (host,)))
        other = make_pharmacy(source_id="2", name="Altrove")
        assert other != made
        save_person(
            SavePerson(
                "elsewhere@example.org", "Elena", "it", (Grant(Role.HOST, place_id=the_place().id + 1),)
            )
        )
        return made


@pytest.fixture
def host(app: Flask, client: CheckingClient, place_id: str) -> CheckingClient:
    """A browser signed in as a host of the place."""
    with app.app_context():
        grant = Grant(Role.HOST, place_id=the_place().id)
    enter(app, client, grant)
    return client


def rows(app: Flask) -> list[Report]:
    with app.app_context():
        return list(db.session.query(Report).order_by(Report.id))


def outbox(app: Flask, kind: str) -> list[OutboxMessage]:
    with app.app_context():
        return list(db.session.query(OutboxMessage).where(OutboxMessage.kind == kind))


def letters(app: Flask, app_settings: Settings, to: str) -> list[tuple[str, str, str]]:
    """(language, subject, text) of what was written to an address."""
    with app.app_context():
        drain(app_settings)
    found = []
    for path in sorted(Path(app_settings.data_dir / "mail").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if mail["To"] == to:
            body = mail.get_body(("plain",)).get_content()
            assert "{" not in body + mail.get_body(("html",)).get_content().split("</title>")[0]
            found.append((mail["Content-Language"], mail["Subject"], body))
    return found


def sent(app: Flask, client: CheckingClient, **changes: str) -> str:
    """Report something; returns the address of the report's own page."""
    answer = submit(client, NEW, **(TYPED | changes))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def answered(app: Flask, status: ReportStatus, text: str = "Grazie, sistemata.") -> None:
    with app.app_context():
        (report,) = db.session.query(Report)
        service.answer_report(report.public_id, report.place_id, AnswerReport(status, Text(text, "it")))


def test_the_problem_is_two_taps_from_the_place_and_the_report_has_a_page_of_its_own(
    app: Flask, client: CheckingClient, place_id: str
) -> None:
    assert f'href="{NEW}"' in client.get(f"/places/{SLUG}").text
    own = client.get(sent(app, client))
    assert (own.headers["Cache-Control"], own.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "Manca una vite: &lt;b&gt;balla" in own.text
    assert "amira@" not in own.text
    assert "vite" not in another_browser(app).get(f"/places/{SLUG}").text
    (report,) = rows(app)
    assert report.token_hash not in own.text
    assert own.request.path.split("/")[-1] != report.token_hash


def test_the_people_of_the_place_are_told_in_their_language_and_nobody_else(
    app: Flask, app_settings: Settings, client: CheckingClient, place_id: str
) -> None:
    sent(app, client)
    (row,) = outbox(app, "report_told")
    assert row.subject_id.startswith(rows(app)[0].public_id)
    ((language, subject, text),) = letters(app, app_settings, "host@example.org")
    assert (language, "Farmacia del Prato" in subject) == ("ar", True)
    assert WORDS in text
    assert f"/studio/places/{place_id}/reports?lang=ar" in text
    assert "amira" not in text
    assert letters(app, app_settings, "elsewhere@example.org") == []


def test_where_nobody_looks_after_a_place_the_operators_are_told(
    app: Flask, app_settings: Settings, client: CheckingClient
) -> None:
    with app.app_context():
        make_pharmacy()
        save_person(SavePerson("operator@example.org", "Ada", "it", (Grant(Role.OPERATOR),)))
    sent(app, client)
    assert len(letters(app, app_settings, "operator@example.org")) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [("answered", "Grazie, sistemata."), ("resolved", ""), ("dismissed", "Non è nostra.")],
)
def test_the_answer_reaches_the_reporter_in_the_reporters_language(
    app: Flask, app_settings: Settings, client: CheckingClient, place_id: str, status: str, words: str
) -> None:
    answer = submit(client, f"{NEW}?lang=en", **TYPED)
    answered(app, ReportStatus(status), words)
    ((language, _subject, text),) = letters(app, app_settings, "amira@example.org")
    assert language == "en"
    assert words in text
    assert answer.location in text
    assert words in client.get(answer.location).text


def test_without_an_address_the_page_itself_holds_the_answer(
    app: Flask, client: CheckingClient, place_id: str
) -> None:
    own = sent(app, client, email="")
    answered(app, ReportStatus.ANSWERED)
    assert outbox(app, "report_answered") == []
    assert "Grazie, sistemata." in client.get(own).text


def test_a_double_press_is_one_report_and_one_mail(app: Flask, client: CheckingClient, place_id: str) -> None:
    hidden = hidden_values(client.get(NEW).text)
    first, second = (client.post(NEW, data=hidden | TYPED) for _ in range(2))
    assert first.location == second.location
    assert (len(rows(app)), len(outbox(app, "report_told"))) == (1, 1)
    thief = another_browser(app)
    stolen = submit(thief, NEW, **(TYPED | {"idempotency_key": hidden["idempotency_key"]}))
    assert stolen.location != first.location


def test_twenty_presses_at_once_are_one_report(app: Flask, place_id: str) -> None:
    barrier = Barrier(20)

    def press(_number: int) -> str:
        with app.app_context():
            barrier.wait()
            return service.send_report(place_id, SendReport(ReportKind.DIRTY, Text("", "it"), None, "same"))

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(press, range(20)))) == 1
    assert (len(rows(app)), len(outbox(app, "report_told"))) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "Choose what is the matter"),
        ({"kind": "fire\x00"}, "Choose what is the matter"),
        ({"kind": "other", "text": " \u200b\r\n".replace("\u200b", "")}, "Write in a few words"),
        ({"text": "x" * 1_001}, "Say it in at most 1000 characters"),
        ({"email": "amira@"}, "This e-mail address is not complete"),
        ({"email": "a@b.example, c@d.example"}, "There is a mistake in this e-mail address"),
        ({"email": f"{'x' * 300}@example.org"}, "This e-mail address is too long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    app: Flask, client: CheckingClient, place_id: str, changes: dict[str, str], sentence: str
) -> None:
    answer = submit(client, f"{NEW}?lang=en", **(TYPED | changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "balla" in answer.text or "text" in changes
    assert rows(app) == []


def test_hostile_words_are_words(
    app: Flask, client: CheckingClient, host: CheckingClient, place_id: str
) -> None:
    evil = "</textarea><script>alert(1)</script>{{ 7*7 }}%(name)s\x00\u202e\r\nBcc: all@example.org"
    own = sent(app, client, text=evil)
    for page in (client.get(own).text, host.get(f"/studio/places/{place_id}/reports").text):
        assert "<script>alert" not in page
        assert "{{ 7*7 }}%(name)s" in page
    assert "\x00" not in rows(app)[0].text


def test_too_many_reports_wait_and_keep_what_was_typed(
    app: Flask, client: CheckingClient, place_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_limits, "PER_NETWORK", "1 per hour")
    sent(app, client)
    refused = submit(client, NEW, **TYPED)
    assert refused.status_code == 429
    assert "balla" in refused.text
    monkeypatch.setattr(report_limits, "PER_NETWORK", "99 per hour")
    monkeypatch.setattr(report_limits, "PER_PLACE", "1 per day")
    assert submit(client, NEW, **TYPED).status_code == 303
    assert submit(client, NEW, **TYPED).status_code == 429
    assert len(rows(app)) == 2


def test_a_form_from_elsewhere_sends_nothing(app: Flask, client: CheckingClient, place_id: str) -> None:
    assert client.post(NEW, data=TYPED).status_code == 400
    assert rows(app) == []


@pytest.mark.parametrize("token", ["x", "a" * 32, "%00", "A" * 3_000])
def test_a_guessed_address_opens_nothing(client: CheckingClient, place_id: str, token: str) -> None:
    assert client.get(f"/reports/{token}").status_code == 404


def test_a_report_only_goes_forward(app: Flask, client: CheckingClient, place_id: str) -> None:
    sent(app, client)
    answered(app, ReportStatus.SEEN, "")
    answered(app, ReportStatus.ANSWERED)
    answered(app, ReportStatus.RESOLVED)
    for status in ReportStatus:
        with pytest.raises(ReportSettled):
            answered(app, status)
    with app.app_context():
        assert db.session.query(ReportAnswer).count() == 2


def test_two_who_answer_at_once_are_one_answer(app: Flask, client: CheckingClient, place_id: str) -> None:
    sent(app, client)
    barrier = Barrier(8)

    def press(number: int) -> bool:
        barrier.wait()
        try:
            answered(app, ReportStatus.ANSWERED, f"risposta {number}")
        except ReportSettled:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert len(outbox(app, "report_answered")) == 1


def test_addresses_go_after_the_answer_and_reports_after_a_year(
    app: Flask, client: CheckingClient, place_id: str
) -> None:
    now = clock.now()
    sent(app, client)
    sent(app, client, email="other@example.org")
    with app.app_context():
        first = db.session.query(Report).order_by(Report.id).first()
        service.answer_report(
            first.public_id, first.place_id, AnswerReport(ReportStatus.ANSWERED, Text("Sì", "it"))
        )
    for days, kept in ((1, [True, True]), (3, [False, True]), (91, [False, False]), (366, [])):
        with app.app_context(), clock.frozen(now + timedelta(days=days)):
            service.forget_parents()
        assert [row.email is not None for row in rows(app)] == kept


def test_a_doubt_is_told_with_what_is_doubted(app: Flask, app_settings: Settings, place_id: str) -> None:
    with app.app_context():
        doubt(place_id, clock.now() - timedelta(days=3))
    ((language, _subject, text),) = letters(app, app_settings, "host@example.org")
    assert language == "ar"
    assert "طاولة تغيير الحفاض" in text
    assert f"/studio/places/{place_id}/facts?lang=ar" in text


def test_the_privacy_page_says_how_long_it_is_kept(client: CheckingClient) -> None:
    kept = (
        forgetting.VOTES_KEPT,
        forgetting.ADDRESS_KEPT,
        forgetting.ADDRESS_KEPT_AFTER_ANSWER,
        forgetting.REPORTS_KEPT,
    )
    assert [span.days for span in kept] == [180, 90, 2, 365]
    assert timedelta(seconds=COOKIE_SECONDS) == forgetting.VOTES_KEPT
    page = client.get("/privacy?lang=en").text
    for words in (
        "for 180 days",
        "lasts 180 days",
        "two days after the answer",
        "after 90 days",
        "after a year",
    ):
        assert words in page
