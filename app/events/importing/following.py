"""Calendars of others from the studio: look first, take in, and look again every few hours while they are followed."""

import logging
from datetime import timedelta
from typing import cast

from flask import current_app

from app.config import Settings
from app.core import clock
from app.core.jobs import hourly
from app.events import service
from app.events.importing.blocks import CalendarRefused
from app.events.importing.bringing import Report, bring, call_off
from app.events.importing.fetching import Fetched, FetchRefused, Validators, fetch_calendar
from app.events.importing.reading import ReadCalendar, read_calendar
from app.events.queries.calendars import SourceView, due_sources
from app.events.rules.vocabulary import EventKind
from app.places.queries import StaffPlace, staff_place_by_id

EVERY = timedelta(hours=6)
FILE = "file"  # the name of every file of a place: a newer export is the same calendar

logger = logging.getLogger("wendy.calendars")


def look_at_address(place: StaffPlace, address: str, kind: EventKind) -> str:
    """Fetch and keep for a preview; returns the public id. Raises FetchRefused, CalendarRefused, TooManyCalendars."""
    fetched = _fetch(address, Validators())
    content = fetched.content or b""
    read_calendar(content, place.tzid)
    said = fetched.validators
    return service.keep_draft(place.id, address, kind, content, said.etag, said.last_modified)


def look_at_file(place: StaffPlace, content: bytes, kind: EventKind) -> str:
    """The same for a file."""
    read_calendar(content, place.tzid)
    return service.keep_draft(place.id, "", kind, content, "", "")


def preview(place: StaffPlace, source: SourceView) -> tuple[ReadCalendar, Report]:
    """What is in it, and what taking it in would do."""
    calendar = read_calendar(service.unpacked(source.draft or b""), place.tzid)
    return calendar, bring(place, calendar, source.address or FILE, kind=source.kind, is_dry=True)


def take_in(place: StaffPlace, source: SourceView) -> Report:
    """Bring what was looked at; pressed twice it changes nothing more."""
    calendar = read_calendar(service.unpacked(source.draft or b""), place.tzid)
    report = bring(place, calendar, source.address or FILE, kind=source.kind)
    service.taken_in(source.public_id, report.gone)
    return report


def cancel_gone(source: SourceView) -> int:
    """What it no longer has does not take place; returns how many families are told."""
    told = call_off(source.gone)
    service.looked_at(source.public_id, gone=[], etag=source.etag, last_modified=source.last_modified)
    return told


@hourly("events.calendars")
def follow_calendars() -> None:
    """Look at each that is due; one that fails says so in the studio, and stops no other."""
    for source in due_sources(clock.now() - EVERY):
        place = staff_place_by_id(source.place_id)
        if place is not None:
            _follow(place, source)


def _follow(place: StaffPlace, source: SourceView) -> None:
    known = Validators(source.etag, source.last_modified)
    try:
        fetched = _fetch(source.address, known)
        if fetched.content is None:
            service.looked_at(source.public_id, gone=None, etag="", last_modified="")
            return
        report = bring(place, read_calendar(fetched.content, place.tzid), source.address, kind=source.kind)
    except (FetchRefused, CalendarRefused) as error:
        logger.info("a calendar could not be read: %s", type(error).__name__)
        service.looked_at(
            source.public_id, gone=None, etag="", last_modified="", fault=str(error.details["cause"])
        )
        return
    said = fetched.validators
    service.looked_at(source.public_id, gone=report.gone, etag=said.etag, last_modified=said.last_modified)


def _fetch(address: str, known: Validators) -> Fetched:
    settings = cast(Settings, current_app.extensions["settings"])
    return fetch_calendar(address, known, allows_loopback=settings.testing)
