"""The words around an event in a calendar, in the language in force (`force_locale` chooses it)."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.core.phrasing import listed, time_text
from app.core.translation import get_locale
from app.core.translation import gettext as _
from app.events.facts import EventView
from app.events.rules.bodies import Speaker
from app.events.wording import age_text, languages_text, price_text
from app.feeds.rules.vevent import Words


def words() -> Words:
    """How a title says that its date changed, or that the record is made up."""
    return Words(
        cancelled=_("Cancelled: %(title)s", title="%(title)s"),
        moved=_("New date: %(title)s", title="%(title)s"),
        postponed=_("Postponed: %(title)s", title="%(title)s"),
        demo_title=_("%(title)s (made up)", title="%(title)s"),
        demo_notice=_(
            "Demonstration network: places, opening hours and events are made up. "
            "Please do not turn up: nobody is expecting you."
        ),
    )


def description(event: EventView, language: str) -> str:
    """Plain text for people who have only their calendar at hand."""
    return "\n\n".join(_paragraphs(event, language))


def _paragraphs(event: EventView, language: str) -> Iterator[str]:
    if event.description:
        yield event.description.within(language).value
    if event.bring:
        yield _("Bring along: %(things)s", things=event.bring.within(language).value)
    if event.access_notes:
        yield _("How to get in: %(notes)s", notes=event.access_notes.within(language).value)
    ages = age_text(event.age_from_months, event.age_to_months)
    if ages:
        yield _("For: %(ages)s", ages=ages)
    languages = languages_text(event.languages)
    if languages:
        yield _("Languages: %(names)s", names=languages)
    if event.speakers:
        yield _("With %(names)s", names=listed([_named(speaker) for speaker in event.speakers]))
    yield _(
        "Organised by %(name)s",
        name=listed((*event.organisers, *event.partners) or (event.place.name.value,)),
    )
    yield price_text(event.price)
    if event.capacity is not None:
        yield _("Places are limited: book on the page of the event.")


def _named(speaker: Speaker) -> str:
    return f"{speaker.name} ({speaker.profession})" if speaker.profession else speaker.name


def planned_for(moment: datetime, tzid: str) -> str:
    """Where a moved date was before; with its year, since stored words must stay right."""
    zone = ZoneInfo(tzid)
    day = format_date(moment.astimezone(zone).date(), "EEEE d MMMM y", locale=get_locale())
    when = _("%(day)s, %(time)s", day=day, time=time_text(moment, zone))
    return str(_("It was planned for %(when)s.", when=when))


def calendar_name(subject: str | None, *, is_demo: bool) -> str:
    """The name that a calendar application shows: the network's, or that of a place, territory or topic."""
    name = str(_("%(subject)s · Isole di Wendy", subject=subject)) if subject else "Isole di Wendy"
    return str(_("%(title)s (made up)", title=name)) if is_demo else name


def about() -> str:
    """What any of our calendars is."""
    text = _(
        "Events of the Isole di Wendy: places where you can feed and change your baby, and meet other parents."
    )
    return str(text)
