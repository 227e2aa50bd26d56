"""The mail that leads a family back to its bookings."""

from dataclasses import dataclass

from flask import render_template

from app.bookings import queries
from app.bookings.labels import status_text
from app.bookings.queries import BookingView
from app.bookings.queries.own import coming_with
from app.core import clock
from app.core.http import absolute
from app.core.i18n import languages
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.tokens import personal_token
from app.core.translation import force_locale, gettext
from app.events import wording
from app.events.queries import occurrence_by_id


@dataclass(frozen=True)
class OwnLink:
    """One booking in the mail: what, when, how it stands, and its personal link."""

    title: str
    when: str
    state: str
    link: str


@renders("booking_links")
def links_mail(booking_id: str) -> Mail | None:
    """All coming bookings of the address of this one, in its language; None where nobody was found."""
    booking = queries.booking_by_public_id(booking_id)
    if booking is None or not booking.email:
        return None
    with force_locale(booking.language):
        links = [link for one in coming_with(booking, clock.now()) if (link := _link(one, booking.language))]
        if not links:
            return None
        direction = next((known.direction for known in languages() if known.code == booking.language), "ltr")
        facts = {"name": booking.name, "links": links, "language": booking.language, "direction": direction}
        return Mail(
            to=booking.email,
            subject=gettext("Your bookings"),
            text=render_template("emails/bookings/links.txt", **facts),
            html=render_template("emails/bookings/links.html", **facts),
            language=booking.language,
        )


def _link(booking: BookingView, language: str) -> OwnLink | None:
    date = occurrence_by_id(booking.occurrence_id)
    if date is None:
        return None
    token = personal_token("booking", booking.public_id, booking.generation)
    return OwnLink(
        title=date.title.within(language).value,
        when=wording.span_text(date.starts_at, date.ends_at, date.tzid),
        state=status_text(booking.status),
        link=f"{absolute('bookings.show', token=token)}?lang={language}",
    )
