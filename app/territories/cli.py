"""Operator commands about territories."""

from collections import Counter
from pathlib import Path

import click

from app.core.importing import report
from app.territories import importing, service
from app.territories.commands import SaveTerritory
from app.territories.rules import TerritoryKind
from geo.errors import GeometryError


@click.command("import-territories")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in TerritoryKind]), help="Where no column says it."
)
def import_territories(file: Path, dry_run: bool, kind: str | None) -> None:
    """Import municipi or neighbourhoods from a GeoJSON FILE (.gz too); places find their territories again.

    Columns are recognised: MUNICIPIO gives municipio-4, ID_NIL and NIL give nil-48. A second import changes nothing.
    """
    try:
        read = list(importing.read(file, TerritoryKind(kind) if kind else None))
    except GeometryError as error:
        raise click.ClickException(str(error)) from error
    refusals = [item for item in read if isinstance(item, importing.Refusal)]
    for refusal in refusals:
        click.echo(f"feature {refusal.row} refused: {refusal.reason}", err=True)
    counts: Counter[str] = Counter()
    for outcome in service.save_territories(
        [c for c in read if isinstance(c, SaveTerritory)], dry_run=dry_run
    ):
        counts[outcome.status] += 1
        click.echo(f"{outcome.code}: {outcome.status}")
    report(counts, len(refusals))


commands = [import_territories]
