"""Operator commands about places."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import click
from flask import current_app

from app.config import Settings
from app.core import statistics
from app.core.importing import report
from app.places import importing, service
from app.places.commands import SavePlace
from app.places.importing import ImportOptions, Reading
from app.places.rules.columns import UnknownField
from app.places.rules.vocabulary import PlaceKind
from geo.errors import GeometryError

PROGRESS_EVERY = 500
SHOWN_REFUSALS = 200


@click.command("import-places")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format", "file_format", type=click.Choice(sorted(importing.READERS)), help="Else by the file's ending."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Name a column by hand; may be repeated."
)
@click.option(
    "--kind", type=click.Choice([kind.value for kind in PlaceKind]), help="The kind of all these places."
)
@click.option("--source", default="", help="Whose data it is; the same source and id are the same place.")
@click.option("--tzid", default="", help="IANA time zone of the places; else the network's.")
@click.option("--country", default="", help="ISO country code of the places; else the network's.")
@click.option("--subdivision", default=None, help="Part of the country, for local holidays (MI).")
def import_places(
    file: Path, file_format: str | None, dry_run: bool, pairs: tuple[str, ...], kind: str | None, source: str,
    tzid: str, country: str, subdivision: str | None,
) -> None:  # fmt: skip
    """Import places from FILE: CSV, GeoJSON, OpenStreetMap (.osm.pbf, Overpass JSON); .gz too.

    Columns are recognised by their names and contents. A row that cannot be used is refused with its reason; a second
    import of the same file changes nothing.
    """
    options = _options(kind, source, tzid, country, subdivision, pairs)
    try:
        reading = importing.read(file, file_format or importing.format_of(file), options)
    except (GeometryError, UnknownField) as error:
        raise click.ClickException(str(error)) from error
    _tell(reading)
    counts = _save(reading.commands, dry_run=dry_run)
    if not dry_run:
        statistics.refresh()
    report(counts, len(reading.refusals))


def _options(
    kind: str | None, source: str, tzid: str, country: str, subdivision: str | None, pairs: Sequence[str]
) -> ImportOptions:
    settings = cast(Settings, current_app.extensions["settings"])
    is_home = not country or country.upper() == settings.country
    return ImportOptions(
        tzid=tzid or settings.tzid,
        country=(country or settings.country).upper(),
        subdivision=subdivision if subdivision is not None else settings.subdivision if is_home else "",
        source=source,
        kind=PlaceKind(kind) if kind else None,
        mapping=dict(_pair(pair) for pair in pairs),
    )


def _pair(text: str) -> tuple[str, str]:
    field, separator, column = text.partition("=")
    if not separator or not field or not column:
        raise click.BadParameter(f"{text!r} must be FIELD=COLUMN", param_hint="--map")
    return field.strip(), column.strip()


def _tell(reading: Reading) -> None:
    """Warnings and refusals go to the error stream, so that the last line of the report stands alone."""
    for warning in reading.warnings:
        click.echo(f"Warning: {warning}", err=True)
    for refusal in reading.refusals[:SHOWN_REFUSALS]:
        click.echo(f"row {refusal.row} refused: {refusal.reason}", err=True)
    if len(reading.refusals) > SHOWN_REFUSALS:
        click.echo(f"… and {len(reading.refusals) - SHOWN_REFUSALS} more rows refused", err=True)
    if reading.left_out:
        click.echo(f"{reading.left_out} things are no places: left out")


def _save(commands: Sequence[SavePlace], *, dry_run: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for outcome in service.save_each(commands, dry_run=dry_run):
        counts[outcome.status] += 1
        if counts.total() % PROGRESS_EVERY == 0:
            click.echo(f"{counts.total()} of {len(commands)} …", err=True)
    return counts


commands = [import_places]
