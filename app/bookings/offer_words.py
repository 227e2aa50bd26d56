"""What is said of an offer: to the family that is asked, and to the host who sees why it was asked."""

from dataclasses import dataclass

from app.bookings.queries.offers import OfferView
from app.bookings.rules.offers import OfferReason, OfferStatus
from app.core.translation import gettext, ngettext
from app.events import wording


@dataclass(frozen=True)
class OfferBox:
    """The question to a family, until when it may be answered, and the words on its two buttons."""

    until_text: str
    yes_text: str
    no_text: str


def offer_box(offer: OfferView, tzid: str) -> OfferBox:
    """The box under the heading «There is room for you»."""
    return OfferBox(until_text(offer, tzid), gettext("Yes, we are coming"), gettext("No, leave it to others"))


def until_text(offer: OfferView, tzid: str) -> str:
    """How long the seats are kept; in the last hours they are kept for nobody."""
    if offer.is_held:
        return gettext(
            "We keep it for you until %(when)s. After that it goes to the next family.",
            when=wording.moment_text(offer.ends_at, tzid),
        )
    return gettext("It begins soon, so we asked everybody who waits: whoever says yes first has the place.")


def why_text(offer: OfferView, tzid: str) -> str:
    """For the host: when and why this family was asked, and what became of it."""
    return gettext(
        "Asked on %(when)s: %(why)s. %(outcome)s",
        when=wording.moment_text(offer.made_at, tzid), why=_reason(offer), outcome=_outcome(offer, tzid),
    )  # fmt: skip


def _reason(offer: OfferView) -> str:
    if offer.reason is OfferReason.FIRST:
        return gettext("it was first in line")
    if offer.reason is OfferReason.FITS:
        return ngettext(
            "%(num)s place was free, too few for those before it",
            "%(num)s places were free, too few for those before it",
            offer.free_seats,
        )
    return gettext("it began soon, so everybody who fits was asked")


def _outcome(offer: OfferView, tzid: str) -> str:
    if offer.status is OfferStatus.OPEN and offer.is_held:
        return gettext("Kept until %(when)s.", when=wording.moment_text(offer.ends_at, tzid))
    words = {
        OfferStatus.OPEN: gettext("No answer yet."),
        OfferStatus.ACCEPTED: gettext("It said yes."),
        OfferStatus.DECLINED: gettext("It said no."),
        OfferStatus.EXPIRED: gettext("It did not answer in time."),
        OfferStatus.WITHDRAWN: gettext("Taken back: another family was faster, or the date was off."),
    }
    return str(words[offer.status])
