"""Operator commands of finding."""

from collections import Counter
from pathlib import Path

import click

from app.core.importing import report
from app.explore import importing, service
from app.explore.commands import DrawnFeature, SaveBackdrop, SaveGazetteer
from app.explore.importing import Refusal
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.gazetteer_rows import GazetteerRow, merged
from geo.errors import GeometryError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Kinds(click.ParamType[list[GazetteerKind]]):
    """One kind, or several with commas."""

    name = ",".join(GazetteerKind)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[GazetteerKind]:
        """Names to kinds, or a usage error that lists them."""
        try:
            return [GazetteerKind(name.strip()) for name in str(value).split(",")]
        except ValueError:
            self.fail(f"{value!r}: choose from {', '.join(GazetteerKind)} (several with commas).", param, ctx)


@click.command("import-gazetteer")
@click.argument("file", type=FILE)
@click.option(
    "--kind", "kinds", type=Kinds(), required=True, help="What each row gives; several with commas."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--source", default="imported", show_default=True, help="Name of the list; its entries are replaced."
)
def import_gazetteer(file: Path, kinds: list[GazetteerKind], dry_run: bool, source: str) -> None:
    """Import streets, stops, postcodes or addresses that people may type, from CSV or GeoJSON (.gz too).

    Columns are recognised: street/via, name/nome/ubicazione, cap, civic/civico, lon, lat. Rows of the same name become
    one entry in their middle; postcodes come out of address points. A second import changes nothing.
    """
    try:
        read = list(importing.gazetteer(file, kinds))
    except GeometryError as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    rows = [row for row in read if isinstance(row, GazetteerRow)]
    entries = merged(rows)
    if len(entries) < len(rows):
        click.echo(f"{len(rows)} rows give {len(entries)} names")
    counts = service.save_gazetteer(SaveGazetteer(source[:60], tuple(entries)), dry_run=dry_run)
    _report(counts, [refusal for refusal in read if isinstance(refusal, Refusal)], "row")


@click.command("import-basemap")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--attribution", default="Comune di Milano (CC BY 4.0)", show_default=True, help="Shown on the map."
)
def import_basemap(file: Path, dry_run: bool, attribution: str) -> None:
    """Import the backdrop of the map from a GeoJSON FILE (.gz too) whose features name their layer.

    Layers: municipio, nil, street_bus_tram, street_cycle, pedestrian, dog_area, park, water, rail, metro_line,
    metro_stop. The file replaces the backdrop imported before.
    """
    try:
        read = list(importing.backdrop(file))
    except GeometryError as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    features = tuple(feature for feature in read if isinstance(feature, DrawnFeature))
    refusals = [refusal for refusal in read if isinstance(refusal, Refusal)]
    if features:
        counts = service.save_backdrop(SaveBackdrop(features, attribution), dry_run=dry_run)
        if counts["removed"]:
            click.echo(f"{counts['removed']} features of the backdrop before are gone")
    else:
        counts = Counter()
    _report(counts, refusals, "feature")


def _report(counts: Counter[service.Status], refusals: list[Refusal], word: str) -> None:
    """Reasons on the error stream, then the one line that scripts read; nothing usable is an error."""
    for refusal in refusals:
        click.echo(f"{word} {refusal.row} refused: {refusal.reason}", err=True)
    report(counts, len(refusals))


commands = [import_gazetteer, import_basemap]
