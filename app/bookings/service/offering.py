"""Offer free seats to families that wait, take an offer back, and end those whose time is up."""

import sqlalchemy as sa

from app.bookings.models import Booking, Offer
from app.bookings.rules.offers import LAST_HOURS, OfferReason, OfferStatus, terms
from app.bookings.rules.status import BookingStatus
from app.bookings.service.moving import end, move
from app.bookings.service.telling import tell
from app.core import clock
from app.core.database import db
from app.events.service import LockedOccurrence, change_seats


def make_offer(booking: Booking, date: LockedOccurrence, *, free_seats: int, reason: OfferReason) -> None:
    """Ask a family that waits whether it comes; until the last hours its seats are kept meanwhile."""
    now = clock.now()
    asked = terms(now, date.starts_at, date.tzid)
    if asked.is_held:
        change_seats(date.id, booking.seats)
    move(booking, BookingStatus.OFFERED)
    offer = Offer(
        booking_id=booking.id, occurrence_id=date.id, status=OfferStatus.OPEN, reason=reason, free_seats=free_seats,
        is_held=asked.is_held, made_at=now, ends_at=asked.ends_at,
    )  # fmt: skip
    db.session.add(offer)
    db.session.flush()
    tell("booking_offered", booking, offer.id)


def open_offer(booking_id: int) -> Offer | None:
    """The offer that a family may answer."""
    return db.session.scalar(
        sa.select(Offer).where(Offer.booking_id == booking_id, Offer.status == OfferStatus.OPEN)
    )


def close_offer(booking: Booking, date: LockedOccurrence, status: OfferStatus) -> None:
    """End a booking's open offer, if it has one, and give back the seats that were kept for it."""
    offer = open_offer(booking.id)
    if offer is None:
        return
    if offer.is_held:
        change_seats(date.id, -booking.seats)
    end(offer, status)


def end_overdue(date: LockedOccurrence) -> bool:
    """End the offers of a date whose time is up; whether seats became free by it.

    Six hours before the beginning a kept offer is no longer kept, but may still be taken while there is room. At the
    beginning whoever was asked has simply waited; before, whoever did not answer has lost its turn, and is told so.
    """
    now = clock.now()
    overdue = (Offer.occurrence_id == date.id, Offer.status == OfferStatus.OPEN, Offer.ends_at <= now)
    rows = db.session.execute(
        sa.select(Offer, Booking)
        .join(Booking, Booking.id == Offer.booking_id)
        .where(*overdue)
        .order_by(Offer.id)
    ).all()
    frees = False
    for offer, booking in rows:
        frees |= offer.is_held
        if offer.is_held and now < date.starts_at and offer.ends_at >= date.starts_at - LAST_HOURS:
            change_seats(date.id, -booking.seats)
            offer.is_held, offer.ends_at = False, date.starts_at
        else:
            _expire(booking, date, has_begun=now >= date.starts_at)
    db.session.flush()
    return frees


def fit_offers(date: LockedOccurrence) -> None:
    """A date has another beginning: nobody is asked for longer than it makes sense."""
    mine = sa.select(Offer).where(Offer.occurrence_id == date.id, Offer.status == OfferStatus.OPEN)
    for offer in db.session.scalars(mine).all():
        last = date.starts_at - LAST_HOURS
        offer.ends_at = min(offer.ends_at, last) if offer.is_held else date.starts_at
    db.session.flush()


def withdraw_what_no_longer_fits(date: LockedOccurrence) -> None:
    """Those who were asked all at once, and for whom too few seats are left now, wait again."""
    if date.capacity is None:
        return
    gone = (
        Offer.occurrence_id == date.id,
        Offer.status == OfferStatus.OPEN,
        Offer.is_held.is_(False),
        Booking.seats > date.capacity - date.seats_taken,
    )
    waiting = sa.select(Booking).join(Offer, Offer.booking_id == Booking.id).where(*gone)
    for booking in db.session.scalars(waiting.order_by(Booking.id)).all():
        close_offer(booking, date, OfferStatus.WITHDRAWN)
        move(booking, BookingStatus.WAITLISTED)


def _expire(booking: Booking, date: LockedOccurrence, *, has_begun: bool) -> None:
    close_offer(booking, date, OfferStatus.EXPIRED)
    if has_begun:
        move(booking, BookingStatus.WAITLISTED)
        return
    move(booking, BookingStatus.EXPIRED)
    tell("offer_expired", booking)
