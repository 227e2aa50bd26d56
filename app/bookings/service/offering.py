"""Offer free seats to families that wait, take an offer back, and end those whose time is up."""

import sqlalchemy as sa

from app.bookings.models import Booking, Offer
from app.bookings.rules.offers import LAST_HOURS, OfferReason, OfferStatus, terms
from app.bookings.rules.status import HOLDING, BookingStatus
from app.bookings.service.moving import end, forgo, give_seats, move_together, take_seats
from app.bookings.service.telling import tell
from app.core import clock
from app.core.database import db
from app.events.models import Occurrence
from app.events.service import LockedOccurrence


def make_offer(booking: Booking, date: LockedOccurrence, *, free_seats: int, reason: OfferReason) -> None:
    """Ask a family that waits whether it comes; until the last hours its seats are kept meanwhile."""
    now = clock.now()
    asked = terms(now, date.starts_at, date.tzid)
    if asked.is_held:
        take_seats(booking)
    move_together(booking, BookingStatus.OFFERED)
    offer = Offer(
        booking_id=booking.id, occurrence_id=date.id, status=OfferStatus.OPEN, reason=reason, free_seats=free_seats,
        is_held=asked.is_held, made_at=now, ends_at=asked.ends_at,
    )  # fmt: skip
    db.session.add(offer)
    db.session.flush()
    tell("booking_offered", booking, offer.id)


def open_offer(booking: Booking) -> Offer | None:
    """The offer that a family may answer: of a course, the one for all its dates."""
    mine = Offer.booking_id == booking.id
    if booking.course_key is not None:
        family = sa.select(Booking.id).where(Booking.course_key == booking.course_key)
        mine = Offer.booking_id.in_(family)
    return db.session.scalar(sa.select(Offer).where(mine, Offer.status == OfferStatus.OPEN))


def holds_seats(booking: Booking, offer: Offer | None) -> bool:
    """Whether seats are counted as taken for it; `offer` is the one that is open."""
    is_asked = booking.status is BookingStatus.OFFERED and offer is not None and offer.is_held
    return is_asked or booking.status in HOLDING


def lead_offers(date: LockedOccurrence) -> None:
    """Another date leads a course: who was asked about the course is asked there, and on the same terms."""
    asked, here = sa.orm.aliased(Booking), sa.orm.aliased(Booking)
    of_course = sa.select(Occurrence.id).where(
        Occurrence.event_id == date.event_id, Occurrence.lead_id == date.id
    )
    rows = db.session.execute(
        sa.select(Offer, here.id)
        .join(asked, asked.id == Offer.booking_id)
        .join(here, sa.and_(here.course_key == asked.course_key, here.occurrence_id == date.id))
        .where(
            Offer.status == OfferStatus.OPEN,
            Offer.occurrence_id.in_(of_course),
            Offer.occurrence_id != date.id,
        )
    ).all()
    for offer, booking_id in rows:
        offer.booking_id, offer.occurrence_id = booking_id, date.id
    db.session.flush()
    fit_offers(date)


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
            give_seats(booking)
            offer.is_held, offer.ends_at = False, date.starts_at
        else:
            _expire(booking, offer, has_begun=now >= date.starts_at)
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
    waiting = sa.select(Offer, Booking).join(Booking, Offer.booking_id == Booking.id).where(*gone)
    for offer, booking in db.session.execute(waiting.order_by(Booking.id)).all():
        withdraw(offer, booking)


def withdraw(offer: Offer, booking: Booking) -> None:
    """There is no room for a family that was asked after all: it waits again, and goes on doing so in its turn."""
    if offer.is_held:
        give_seats(booking)
    end(offer, OfferStatus.WITHDRAWN)
    move_together(booking, BookingStatus.WAITLISTED)


def _expire(booking: Booking, offer: Offer, *, has_begun: bool) -> None:
    if offer.is_held:
        give_seats(booking)
    end(offer, OfferStatus.EXPIRED)
    if has_begun:
        move_together(booking, BookingStatus.WAITLISTED)
        return
    move_together(booking, BookingStatus.EXPIRED)
    forgo(booking)
    tell("offer_expired", booking)
