"""What is told by mail about rooms and desks: to whoever reserved, and to the hosts who are to answer."""

from typing import cast

from flask import current_app, render_template

from app.accounts.queries import person_looking_after
from app.config import Settings
from app.core import clock
from app.core.http import absolute
from app.core.i18n import languages
from app.core.local_text import Text
from app.core.mail.delivery import renders
from app.core.mail.invitation import Invitation, attachment
from app.core.mail.message import Attachment, Mail
from app.core.tokens import personal_token
from app.core.translation import force_locale, gettext
from app.events.wording import span_text
from app.places.letter import Letter
from app.places.queries import PlaceView, place_by_id, territory_ids
from app.spaces.queries import ReservationView, SpaceView, reservation_by_public_id, space_by_id
from app.spaces.rules.status import ReservationStatus
from app.spaces.service.reserving import PURPOSE


@renders("reservation_requested")
def requested_mail(reservation_id: str) -> Mail | None:
    """The request has arrived."""
    return _own(reservation_id, ReservationStatus.REQUESTED)


@renders("reservation_confirmed")
def confirmed_mail(reservation_id: str) -> Mail | None:
    """It is theirs; with an invitation."""
    return _own(reservation_id, ReservationStatus.CONFIRMED)


@renders("reservation_declined")
def declined_mail(reservation_id: str) -> Mail | None:
    """It is not possible; with the host's words."""
    return _own(reservation_id, ReservationStatus.DECLINED)


@renders("reservation_cancelled")
def cancelled_mail(reservation_id: str) -> Mail | None:
    """It is given back, or taken away; the entry leaves the calendar."""
    return _own(reservation_id, ReservationStatus.CANCELLED)


@renders("reservation_expired")
def expired_mail(reservation_id: str) -> Mail | None:
    """Nobody answered in time."""
    return _own(reservation_id, ReservationStatus.EXPIRED)


@renders("reservation_asked")
def asked_mail(subject_id: str) -> Mail | None:
    """To one person who looks after the place; None once somebody has answered."""
    reservation_id, _, person_id = subject_id.partition(":")
    found = _facts(reservation_id)
    if found is None or found[0].status is not ReservationStatus.REQUESTED:
        return None
    reservation, space, place = found
    person = person_looking_after(person_id, place.id, territory_ids(place.id))
    if person is None:
        return None
    with force_locale(person.language):
        link = absolute("studio_spaces.show", place_id=place.public_id, space_id=space.public_id)
        what = space.name.within(person.language).value
        facts = [what, span_text(reservation.starts_at, reservation.ends_at, place.tzid), reservation.name]
        return _mail(person.email, _letter(
            place, person.language, subject=gettext("Somebody asks for %(what)s", what=what),
            hello=gettext("Hello %(name)s,", name=person.name),
            lead=gettext("somebody asks for this time. Until you answer it is kept free."), facts=facts,
            quote=Text(reservation.purpose, reservation.language) if reservation.purpose else None,
            link=link, link_text=gettext("Read and answer"),
        ))  # fmt: skip


def _own(reservation_id: str, status: ReservationStatus) -> Mail | None:
    """None where it has another state by now (another mail speaks of that), or nobody can be written to."""
    found = _facts(reservation_id)
    if found is None or found[0].status is not status or not found[0].email:
        return None
    reservation, space, place = found
    with force_locale(reservation.language):
        what = space.name.within(reservation.language).value
        subject, lead = _words(status, what)
        token = personal_token(PURPOSE, reservation.public_id, reservation.generation)
        letter = _letter(
            place, reservation.language, subject=subject, hello=gettext("Hello %(name)s,", name=reservation.name),
            lead=lead, facts=[what, span_text(reservation.starts_at, reservation.ends_at, place.tzid)],
            quote=Text(reservation.answer, reservation.language) if reservation.answer else None,
            link=absolute("reservations.show", token=token), link_text=gettext("See it, or give it back"),
        )  # fmt: skip
        return _mail(reservation.email, letter, _attachments(reservation, what, place))


def _words(status: ReservationStatus, what: str) -> tuple[str, str]:
    """Subject and first sentence."""
    return {
        ReservationStatus.REQUESTED: (
            gettext("Your request: %(what)s", what=what),
            gettext("your request is on its way. We write to you as soon as the people of the place answer."),
        ),
        ReservationStatus.CONFIRMED: (
            gettext("Reserved: %(what)s", what=what),
            gettext("it is reserved for you."),
        ),
        ReservationStatus.DECLINED: (
            gettext("Not possible: %(what)s", what=what),
            gettext("we are sorry: this time is not possible. Perhaps another one suits."),
        ),
        ReservationStatus.CANCELLED: (
            gettext("Cancelled: %(what)s", what=what),
            gettext("this reservation does not hold any more."),
        ),
        ReservationStatus.EXPIRED: (
            gettext("No answer in time: %(what)s", what=what),
            gettext("we are sorry: nobody answered your request in time."),
        ),
    }[status]


def _attachments(reservation: ReservationView, what: str, place: PlaceView) -> tuple[Attachment, ...]:
    """An invitation where it is theirs; its withdrawal where it was."""
    is_cancelled = reservation.status is ReservationStatus.CANCELLED
    if reservation.status is not ReservationStatus.CONFIRMED and not is_cancelled:
        return ()
    settings = cast(Settings, current_app.extensions["settings"])
    invitation = Invitation(
        uid=f"reservation-{reservation.public_id}", sequence=reservation.sequence, is_cancelled=is_cancelled,
        title=f"{what} · {place.name}", location=", ".join(filter(None, (place.name, place.street_address, place.locality))),
        url=absolute("places.detail", slug=place.slug), starts_at=reservation.starts_at, ends_at=reservation.ends_at,
        tzid=place.tzid, organizer=settings.sender, attendee_name=reservation.name, attendee_email=reservation.email,
        written_at=clock.now(), demo_notice=_demo(place),
    )  # fmt: skip
    return (attachment(invitation),)


def _facts(reservation_id: str) -> tuple[ReservationView, SpaceView, PlaceView] | None:
    reservation = reservation_by_public_id(reservation_id)
    space = space_by_id(reservation.space_id) if reservation else None
    place = place_by_id(space.place_id) if space else None
    return None if reservation is None or space is None or place is None else (reservation, space, place)


def _demo(place: PlaceView) -> str:
    return str(gettext("This is a made-up place of the demo network.")) if place.is_demo else ""


def _letter(
    place: PlaceView, language: str, *, subject: str, hello: str, lead: str, facts: list[str], link: str,
    link_text: str, quote: Text | None = None,
) -> Letter:  # fmt: skip
    direction = next((known.direction for known in languages() if known.code == language), "ltr")
    return Letter(
        subject=subject, hello=hello, lead=lead, place=place.name, facts=facts, quote=quote, hint="",
        link=f"{link}?lang={language}", link_text=link_text, demo=_demo(place), language=language, direction=direction,
    )  # fmt: skip


def _mail(to: str, letter: Letter, attachments: tuple[Attachment, ...] = ()) -> Mail:
    return Mail(
        to=to,
        subject=letter.subject,
        text=render_template("emails/places/letter.txt", letter=letter),
        html=render_template("emails/places/letter.html", letter=letter),
        language=letter.language,
        attachments=attachments,
    )
