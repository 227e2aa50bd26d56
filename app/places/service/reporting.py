"""Take in reports about places, and the answers to them."""

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.core.mail import outbox
from app.core.state import INSERTS
from app.core.tokens import personal_token, token_hash
from app.places.commands import AnswerReport, SendReport
from app.places.models import Place, Report, ReportAnswer
from app.places.rules.reports import TOLD, ReportStatus, check_move
from app.places.service.telling import tell_staff

PURPOSE = "report"


@patiently
def send_report(place_public_id: str, command: SendReport) -> str:
    """Take a report in and tell those who look after the place; returns the token of its own page.

    The same key again is the same report: nothing is written twice and nobody is told twice. Raises NotFound, Busy.
    """
    with transaction():
        place = db.session.scalar(sa.select(Place).where(Place.public_id == place_public_id))
        if place is None:
            raise NotFound
        return write_report(place, command)


def write_report(place: Place, command: SendReport) -> str:
    """The same inside the caller's transaction. Two presses that cross are one row: the key decides in one statement."""
    key = token_hash(f"{place.public_id}\n{command.idempotency_key}")
    own_id, now = public_id(), clock.now()
    insert = INSERTS[db.session.get_bind().dialect.name](Report)
    row = insert.values(
        public_id=own_id, token_hash=token_hash(token_of(own_id)), idempotency_key=key, place_id=place.id,
        kind=command.kind, text=command.text.value, language=command.text.lang, email=command.email,
        status=ReportStatus.NEW, created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.execute(row.on_conflict_do_nothing(index_elements=["idempotency_key"]))
    stored = db.session.scalars(sa.select(Report.public_id).where(Report.idempotency_key == key)).one()
    if stored == own_id:
        tell_staff(place, "report_told", stored, once=stored)
    return token_of(stored)


@patiently
def answer_report(report_public_id: str, place_id: int, command: AnswerReport) -> None:
    """Take a step with a report of this place; whoever left an address is written to, with the words.

    Raises NotFound, ReportSettled, Busy.
    """
    with transaction() as session:
        here = (Report.public_id == report_public_id, Report.place_id == place_id)
        report = session.scalar(sa.select(Report).where(*here).with_for_update())
        if report is None:
            raise NotFound
        check_move(report.status, command.status)
        now = clock.now()
        report.status, report.updated_at = command.status, now
        if command.status in TOLD:
            report.answers.append(
                ReportAnswer(
                    status=command.status, text=command.text.value, language=command.text.lang, created_at=now
                )
            )
            _tell_reporter(report)


def token_of(report_public_id: str) -> str:
    """The token of a report's own page: computed, never stored."""
    return personal_token(PURPOSE, report_public_id, 1)


def _tell_reporter(report: Report) -> None:
    if report.email:
        subject_id = f"{report.public_id}:{report.status}"
        outbox.put("report_answered", subject_id, dedupe_key=f"report_answered:{subject_id}")
