"""Who comes, in words: «1 adult, 2 children · 1 in arms · 1 pushchair»."""

from app.bookings.queries import BookingView
from app.bookings.queries.answers import AnswerView
from app.core.phrasing import listed, side_by_side
from app.core.translation import ngettext
from app.events import wording


def party_text(booking: BookingView) -> str:
    """The party of a booking with what it needs besides."""
    return side_by_side(wording.party_text(booking.adults, booking.children), extras_text(booking))


def extras_text(booking: BookingView) -> str:
    """What a family needs besides its seats; "" for nothing."""
    return side_by_side(
        ngettext("%(num)s in arms", "%(num)s in arms", booking.babies) if booking.babies else None,
        ngettext("%(num)s pushchair", "%(num)s pushchairs", booking.pushchairs)
        if booking.pushchairs
        else None,
        ngettext("childcare for %(num)s child", "childcare for %(num)s children", booking.childcare)
        if booking.childcare
        else None,
    )


def ages_text(answer: AnswerView) -> str:
    """«8 months and 3 years»."""
    return listed([wording.age_in_words(months) for months in answer.ages])
