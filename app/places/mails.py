"""What is told by mail about places: a report to those who look after it, the answer to whoever reported, a doubt."""

from app.accounts.queries import LookingAfter, person_looking_after
from app.core.http import absolute
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.phrasing import listed
from app.core.tokens import personal_token
from app.core.translation import force_locale, gettext
from app.places import labels
from app.places.letter import as_mail, letter_about
from app.places.queries import PlaceView, place_by_id, report_by_public_id, staff_place, territory_ids
from app.places.report_labels import kind_text
from app.places.rules.reports import OPEN, ReportStatus
from app.places.service.reporting import PURPOSE


@renders("report_told")
def report_told_mail(subject_id: str) -> Mail | None:
    """To one person who looks after the place; None once somebody has dealt with the report."""
    report_id, _, person_id = subject_id.partition(":")
    report = report_by_public_id(report_id)
    place = place_by_id(report.place_id) if report and report.status in OPEN else None
    person = _person(person_id, place)
    if report is None or place is None or person is None:
        return None
    with force_locale(person.language):
        facts = [kind_text(report.kind)]
        if report.email:
            facts.append(gettext("An answer is awaited: we pass on what you write."))
        letter = letter_about(
            place, person.language,
            subject=gettext("A parent reports a problem: %(place)s", place=place.name),
            hello=gettext("Hello %(name)s,", name=person.name),
            lead=gettext("somebody who was there writes to you."),
            facts=facts, quote=report.text if report.text.value else None,
            link=absolute("care.reports", place_id=place.public_id), link_text=gettext("Read and answer"),
        )  # fmt: skip
        return as_mail(person.email, letter)


@renders("facts_doubted")
def facts_doubted_mail(subject_id: str) -> Mail | None:
    """To one person who looks after the place; None once nothing is doubted any more."""
    place_id, _, person_id = subject_id.partition(":")
    known = staff_place(place_id)
    place = place_by_id(known.id) if known else None
    person = _person(person_id, place)
    doubted = [fact.amenity for fact in place.amenities if fact.is_doubted] if place else []
    if place is None or person is None or not doubted:
        return None
    with force_locale(person.language):
        letter = letter_about(
            place, person.language,
            subject=gettext("Is this still right? %(place)s", place=place.name),
            hello=gettext("Hello %(name)s,", name=person.name),
            lead=gettext("several parents, on different days, told us that something is no longer as the page says:"),
            facts=[listed([labels.amenity_text(one) for one in doubted])],
            hint=gettext("Until you say how it is, the page says that it is not sure."),
            link=absolute("care.facts", place_id=place.public_id), link_text=gettext("Say how it is today"),
        )  # fmt: skip
        return as_mail(person.email, letter)


@renders("report_answered")
def report_answered_mail(subject_id: str) -> Mail | None:
    """To whoever reported and left an address; None once the address is erased."""
    report_id, _, status = subject_id.partition(":")
    report = report_by_public_id(report_id)
    place = place_by_id(report.place_id) if report else None
    answer = next((one for one in report.answers if one.status == status), None) if report else None
    if report is None or place is None or answer is None or report.email is None:
        return None
    with force_locale(report.language):
        subject, lead = _words(answer.status, place.name)
        letter = letter_about(
            place, report.language, subject=subject, hello=gettext("Hello,"), lead=lead,
            facts=[kind_text(report.kind)], quote=answer.text if answer.text.value else None,
            hint=gettext("We now erase your address. The link keeps showing your report and the answer."),
            link=absolute("reports.show", token=personal_token(PURPOSE, report.public_id, 1)),
            link_text=gettext("See your report"),
        )  # fmt: skip
        return as_mail(report.email, letter)


def _words(status: ReportStatus, place: str) -> tuple[str, str]:
    """Subject and first sentence."""
    if status is ReportStatus.RESOLVED:
        return (
            gettext("Put right: %(place)s", place=place),
            gettext("what you reported has been put right. Thank you for telling us."),
        )
    if status is ReportStatus.DISMISSED:
        return (
            gettext("Your report about %(place)s", place=place),
            gettext("the people of the place looked into your report and closed it. This is what they say:"),
        )
    return (
        gettext("An answer about %(place)s", place=place),
        gettext("the people of the place answered your report:"),
    )


def _person(public_id: str, place: PlaceView | None) -> LookingAfter | None:
    return person_looking_after(public_id, place.id, territory_ids(place.id)) if place else None
