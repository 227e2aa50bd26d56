"""Put the demo's events on their days: relative to today, one date moved, one cancelled."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.bookings.service import erase_made_up
from app.core import clock
from app.demo import queries
from app.demo.network import programme
from app.demo.network.programme import DemoEvent, Move
from app.demo.records import SOURCE, TZID, event_command, source_key
from app.demo.rules import start_date
from app.events.commands import SaveEvent
from app.events.rules.recurrence import first_instant
from app.events.rules.schedule import to_local
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import cancel_occurrence, move_occurrence, save_events

STORY_WINDOW = timedelta(days=16)  # within it one date of the story is moved or cancelled
STORY_DISTANCE = timedelta(days=2)  # never at shorter notice


def set_dates() -> int:
    """Save every event for today's date; returns how many were new or changed."""
    today = clock.today(TZID)
    places = queries.place_keys(SOURCE)
    commands = []
    for event in programme.events():
        starts_local, booked = _place_in_time(event, today)
        command = event_command(event, places[event.place][1], starts_local, booked)
        commands.append(_as_it_is_booked(command))
    outcomes = save_events(commands)
    for event in programme.events():
        _tell_story(event)
    return sum(outcome.outcome != "unchanged" for outcome in outcomes)


def _place_in_time(event: DemoEvent, today: date) -> tuple[datetime, tuple[datetime, ...]]:
    """The first start for today, and earlier dates that stay because a visitor booked them."""
    stored = queries.event_by_source_key(source_key(event))
    chosen = stored.starts_local.date() if stored else None
    starts_local = datetime.combine(start_date(event.day, today, chosen), event.at)
    if stored is None:
        return starts_local, ()
    # A past date of a course must not lead the one that begins now.
    since = clock.now() if event.also.get("booked_whole") else None
    booked = tuple(
        start
        for start in queries.booked_by_visitors(stored.id, TZID)
        if start < starts_local and (since is None or first_instant(start, TZID) > since)
    )
    if stored.starts_local != starts_local:
        _send_families_home(stored.id, starts_local)
    return starts_local, booked


def _as_it_is_booked(command: SaveEvent) -> SaveEvent:
    """What families booked date by date, before this version said otherwise, goes on so."""
    is_whole = queries.is_booked_whole(command.source_key or "")
    return command if is_whole is None else replace(command, booked_whole=is_whole)


def _send_families_home(event_id: int, starts_local: datetime) -> None:
    """Made-up bookings must not hold a coming date that nobody else booked: the demo's day has moved on."""
    for occurrence_id in queries.dates_left_behind(event_id, clock.now(), first_instant(starts_local, TZID)):
        erase_made_up(occurrence_id, queries.FAMILY_DOMAIN)


def _tell_story(event: DemoEvent) -> None:
    """Move or cancel the next date, unless one ahead already is."""
    if event.move is None and not event.is_next_cancelled:
        return
    stored = queries.event_by_source_key(source_key(event))
    now = clock.now()
    ahead = queries.dates(stored.id, now, now + STORY_WINDOW) if stored else []
    if any(day.is_moved or day.status is OccurrenceStatus.CANCELLED for day in ahead):
        return
    first = next((day for day in ahead if day.starts_at > now + STORY_DISTANCE), None)
    if first is None:
        return
    if event.move is None:
        cancel_occurrence(first.public_id)
    else:
        starts_at = _moved(first.starts_at, event.move)
        move_occurrence(first.public_id, starts_at, starts_at + (first.ends_at - first.starts_at))


def _moved(starts_at: datetime, move: Move) -> datetime:
    day = to_local(starts_at, TZID).date() + timedelta(days=move.days)
    return first_instant(datetime.combine(day, move.at), TZID)
