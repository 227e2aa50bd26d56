"""Pages of spaces for everybody: what a place lends, when it is free, one's own reservation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import url_for

from app.core import clock
from app.core.i18n import chosen_language, local
from app.core.local_text import Text
from app.core.phrasing import opening_a_line, time_text
from app.core.preview import Preview
from app.core.translation import gettext, ngettext
from app.events.wording import day_text, span_text
from app.places.queries import PlaceView
from app.places.rules.intervals import Interval
from app.places.shared_cards import card_beside
from app.spaces.labels import hours_text, kind_icon, kind_text, status_text
from app.spaces.queries import ReservationView, SpaceView
from app.spaces.rules.slots import MOST_STEPS
from app.spaces.rules.status import HOLDING, ReservationStatus, SpaceKind

DAYS_SHOWN = 7


@dataclass(frozen=True)
class SpaceCard:
    """One space in a few words."""

    id: str
    name: Text
    icon: str
    kind_text: str
    facts: list[str]
    description: Text | None
    url: str


@dataclass(frozen=True)
class SpacesPage:
    """What a place lends."""

    place_name: Text
    place_url: str
    spaces: list[SpaceCard]
    preview: Preview


@dataclass(frozen=True)
class Slot:
    """A time that can be chosen: `value` is sent, `text` is read."""

    value: str
    text: str


@dataclass(frozen=True)
class Day:
    """One day with its free times."""

    title: str
    slots: list[Slot]


@dataclass(frozen=True)
class CalendarPage:
    """Seven days of one space; `lengths` are (steps, words, whether chosen), empty where there is nothing to choose."""

    space: SpaceCard
    place_name: Text
    place_url: str
    is_demo: bool
    days: list[Day]
    nearest: list[Slot]
    has_free: bool
    lengths: list[tuple[int, str, bool]]
    steps: int
    day: str
    previous_url: str | None
    next_url: str | None
    action_text: str
    preview: Preview


@dataclass(frozen=True)
class ReservationPage:
    """One's own reservation."""

    token: str
    status: str
    status_text: str
    heading: str
    lead_text: str
    space_name: Text
    place_name: Text
    place_url: str
    when_text: str
    name: str
    purpose: str
    answer: str
    reference: str
    is_demo: bool
    can_cancel: bool
    again_url: str


def spaces_page(place: PlaceView, spaces: Sequence[SpaceView]) -> SpacesPage:
    """Every published space of a place."""
    title = gettext("Rooms and advice: %(place)s", place=place.name)
    lead = gettext("Reserve a room or an appointment, without an account.")
    url = url_for("spaces.of_place", slug=place.slug)
    return SpacesPage(
        Text(place.name, place.name_language), f"/places/{place.slug}", [space_card(space) for space in spaces],
        Preview(title, lead, url, card_beside(place.slug, place.name)),
    )  # fmt: skip


def space_card(space: SpaceView) -> SpaceCard:
    """One space."""
    facts = [
        ngettext("for %(num)s person", "for up to %(num)s people", space.seats),
        gettext("%(num)s minutes", num=space.slot_minutes)
        if space.kind is SpaceKind.DESK
        else gettext("by the hour")
        if space.slot_minutes == 60
        else gettext("by the half hour"),
    ]
    facts.append(hours_text(space.community_hours or space.opening_hours))
    if space.needs_approval:
        facts.append(gettext("somebody of the place answers"))
    return SpaceCard(
        space.public_id, local(space.name) or Text("", chosen_language()), kind_icon(space.kind), kind_text(space.kind),
        facts, local(space.description), url_for("spaces.book", space_id=space.public_id),
    )  # fmt: skip


def calendar_page(
    space: SpaceView,
    place: PlaceView,
    free: dict[date, list[Interval]],
    steps: int,
    nearest: Sequence[Interval] = (),
) -> CalendarPage:
    """The calendar as a list that reads without a table: seven days, each with the times at which one can begin."""
    zone, today, days = ZoneInfo(place.tzid), clock.today(place.tzid), sorted(free)
    card = space_card(space)
    last_day = today + timedelta(days=space.window_days)
    before, after = days[0] - timedelta(days=DAYS_SHOWN), days[-1] + timedelta(days=1)
    return CalendarPage(
        space=card, place_name=Text(place.name, place.name_language), place_url=f"/places/{place.slug}",
        is_demo=place.is_demo,
        days=[Day(opening_a_line(day_text(day, today)), [_slot(one, zone) for one in free[day]]) for day in days],
        nearest=[_slot(one, zone, is_dated=True) for one in nearest],
        has_free=any(free.values()), lengths=_lengths(space, steps), steps=steps, day=days[0].isoformat(),
        previous_url=_week_url(space, max(before, today), steps) if days[0] > today else None,
        next_url=_week_url(space, after, steps) if after <= last_day else None,
        action_text=gettext("Send the request") if space.needs_approval else gettext("Reserve"),
        preview=Preview(
            f"{card.name.value} · {place.name}", gettext("Choose a time, without an account."), card.url,
            card_beside(place.slug, place.name),
        ),
    )  # fmt: skip


def _slot(one: Interval, zone: ZoneInfo, *, is_dated: bool = False) -> Slot:
    begins, ends = time_text(one.starts_at, zone), time_text(one.ends_at, zone)
    text = gettext("%(begin)s–%(end)s", begin=begins, end=ends)
    if is_dated:
        day = day_text(one.starts_at.astimezone(zone).date(), clock.today(str(zone)))
        text = opening_a_line(gettext("%(day)s, %(time)s", day=day, time=text))
    return Slot(one.starts_at.isoformat(), text)


def _lengths(space: SpaceView, steps: int) -> list[tuple[int, str, bool]]:
    if space.kind is SpaceKind.DESK:
        return []
    most = min(MOST_STEPS, 8 * 60 // space.slot_minutes)
    return [(one, _length_text(one * space.slot_minutes), one == steps) for one in range(1, most + 1)]


def _length_text(minutes: int) -> str:
    if minutes % 60:
        return gettext("%(num)s minutes", num=minutes)
    return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)


def _week_url(space: SpaceView, day: date, steps: int) -> str:
    return url_for(
        "spaces.book", space_id=space.public_id, day=day.isoformat(), steps=steps if steps > 1 else None
    )


def reservation_page(
    reservation: ReservationView, space: SpaceView, place: PlaceView, token: str
) -> ReservationPage:
    """The page behind a personal link."""
    heading, lead = _headline(reservation)
    is_ahead = reservation.starts_at > clock.now()
    return ReservationPage(
        token=token, status=str(reservation.status), status_text=status_text(reservation.status), heading=heading,
        lead_text=lead, space_name=local(space.name) or Text("", chosen_language()),
        place_name=Text(place.name, place.name_language), place_url=f"/places/{place.slug}",
        when_text=span_text(reservation.starts_at, reservation.ends_at, place.tzid), name=reservation.name,
        purpose=reservation.purpose, answer=reservation.answer, reference=reservation.public_id.upper(),
        is_demo=place.is_demo, can_cancel=is_ahead and reservation.status in HOLDING,
        again_url=url_for("spaces.book", space_id=space.public_id),
    )  # fmt: skip


def _headline(reservation: ReservationView) -> tuple[str, str]:
    words = {
        ReservationStatus.REQUESTED: (
            gettext("Your request is on its way"),
            gettext("The people of the place answer: we write to %(email)s.", email=reservation.email),
        ),
        ReservationStatus.CONFIRMED: (
            gettext("It is reserved for you"),
            gettext("We wrote to %(email)s.", email=reservation.email),
        ),
        ReservationStatus.DECLINED: (
            gettext("This time is not possible"),
            gettext("We are sorry. Perhaps another time suits."),
        ),
        ReservationStatus.CANCELLED: (gettext("It is given back"), gettext("Somebody else can have it now.")),
        ReservationStatus.EXPIRED: (
            gettext("Nobody answered in time"),
            gettext("We are sorry. Try another time, or write to the place."),
        ),
        ReservationStatus.SKIPPED: (gettext("This date is left out"), gettext("Something else is there.")),
    }
    return words[reservation.status]
