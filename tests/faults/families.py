"""Families who book, and the letters that wait for them."""

from flask import Flask

from app.bookings import service
from app.bookings.commands import Book
from app.bookings.models import Booking
from app.config import Settings
from app.core import clock
from app.core.database import db
from app.core.mail import delivery
from app.core.mail.models import OutboxMessage
from tests.app.events.factory import make_date


def families_book(app: Flask, number: int = 1) -> str:
    """A date with room for everybody, and that many bookings with a letter each; returns the date's public id."""
    with app.app_context():
        date = make_date(capacity=10_000)
        for one in range(number):
            service.book(date.public_id, Book("Ada", f"ada{one}@example.org", 1, 0, f"key-{one}", "it"))
    return date.public_id


def letter(app: Flask) -> OutboxMessage:
    """The only letter, as it is stored now."""
    with app.app_context():
        found = db.session.query(OutboxMessage).one()
        db.session.expunge(found)
    return found


def drain(app: Flask, settings: Settings, url: str, *, when_due: bool = False) -> int:
    """What the worker does; `when_due`: at the moment for which the letter was put off."""
    moment = max(letter(app).due_at, clock.now()) if when_due else clock.now()
    with app.app_context(), clock.frozen(moment):
        return delivery.drain(settings, delivery.SmtpTransport(url))


def bookings(app: Flask) -> int:
    """How many stand in the database."""
    with app.app_context():
        return db.session.query(Booking).count()
