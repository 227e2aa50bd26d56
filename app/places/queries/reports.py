"""Reports about places: one by its token, those of a place for its people, one for a mail."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core.database import db
from app.core.local_text import Text
from app.core.tokens import token_hash
from app.places.models import Place, Report
from app.places.rules.reports import OPEN, ReportKind, ReportStatus


@dataclass(frozen=True)
class ReportAnswerView:
    """A step with its words (empty: none)."""

    status: ReportStatus
    text: Text
    created_at: datetime


@dataclass(frozen=True)
class ReportView:
    """One report. `email` is None where nobody asked for an answer, or where it has been erased."""

    public_id: str
    place_id: int
    kind: ReportKind
    text: Text
    language: str
    email: str | None
    status: ReportStatus
    created_at: datetime
    answers: tuple[ReportAnswerView, ...]


def report_by_token(token: str) -> ReportView | None:
    """The report that a personal link opens."""
    return next(iter(_reports([Report.token_hash == token_hash(token)])), None)


def report_by_public_id(public_id: str) -> ReportView | None:
    """The report that a waiting mail speaks of."""
    return next(iter(_reports([Report.public_id == public_id])), None)


def reports_of_place(place_id: int, *, limit: int, offset: int) -> list[ReportView]:
    """Newest first. Two statements."""
    return _reports([Report.place_id == place_id], limit=limit, offset=offset)


def count_open_reports(place_public_id: str) -> int:
    """How many of a place wait for somebody."""
    place_id = sa.select(Place.id).where(Place.public_id == place_public_id).scalar_subquery()
    here = (Report.place_id == place_id, Report.status.in_(OPEN))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Report).where(*here)) or 0


def _reports(
    conditions: list[sa.ColumnElement[bool]], *, limit: int = 1, offset: int = 0
) -> list[ReportView]:
    query = sa.select(Report).where(*conditions).order_by(Report.id.desc()).limit(limit).offset(offset)
    return [_view(row) for row in db.session.scalars(query.options(selectinload(Report.answers)))]


def _view(row: Report) -> ReportView:
    answers = tuple(
        ReportAnswerView(one.status, Text(one.text, one.language), one.created_at) for one in row.answers
    )
    return ReportView(
        row.public_id, row.place_id, row.kind, Text(row.text, row.language), row.language, row.email, row.status,
        row.created_at, answers,
    )  # fmt: skip
