"""Operator commands about events."""

from pathlib import Path
from typing import cast

import click
from flask import current_app

from app.config import Settings
from app.core.importing import report
from app.events.importing.blocks import CalendarRefused
from app.events.importing.bringing import Report, bring, call_off
from app.events.importing.fetching import FetchRefused, fetch_calendar
from app.events.importing.reading import read_calendar
from app.events.importing.sentences import sentence
from app.places.queries import StaffPlace, place_by_slug, staff_place

SHOWN = 200


@click.command("import-calendar")
@click.argument("place")
@click.argument("source", metavar="URL_OR_FILE")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--remove", is_flag=True, help="Cancel the coming dates of events that the calendar no longer holds."
)
def import_calendar(place: str, source: str, dry_run: bool, remove: bool) -> None:
    """Import the events of a calendar (iCalendar) for PLACE, its slug or id.

    Importing the same again changes nothing. An event that cannot be used is refused with its line and its reason.
    """
    found = _place(place)
    try:
        calendar = read_calendar(_content(source), found.tzid)
    except CalendarRefused as error:
        raise click.ClickException(sentence(error.line, "", error.cause)) from error
    done = bring(found, calendar, source, is_dry=dry_run)
    _tell(done)
    if done.gone and remove and not dry_run:
        click.echo(
            f"{len(done.gone)} events are no longer in the calendar: cancelled, {call_off(done.gone)} families told."
        )
    elif done.gone:
        click.echo(
            f"{len(done.gone)} events are no longer in the calendar; --remove cancels their coming dates."
        )
    counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged}
    report(counts, len(done.refused))


def _place(text: str) -> StaffPlace:
    shown = place_by_slug(text)
    found = staff_place(shown.public_id if shown else text)
    if found is None:
        raise click.ClickException(f"There is no place {text!r}: give its slug or its id.")
    return found


def _content(source: str) -> bytes:
    settings = cast(Settings, current_app.extensions["settings"])
    if "://" in source:
        try:
            return fetch_calendar(source, allows_loopback=settings.testing).content or b""
        except FetchRefused as error:
            raise click.ClickException(f"Nothing was fetched from {source}: {error.message}.") from error
    path = Path(source)
    if not path.is_file():
        raise click.ClickException(f"There is no file {source!r}.")
    return path.read_bytes()


def _tell(done: Report) -> None:
    if done.over:
        click.echo(f"{done.over} events are over and were left out.", err=True)
    if done.alike:
        click.echo(f"{done.alike} events stand at this place already and were left out.", err=True)
    for one in done.refused[:SHOWN]:
        click.echo(sentence(one.line, one.title, one.cause), err=True)


commands = [import_calendar]
