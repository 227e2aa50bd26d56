"""What every importer says at its end, and with which exit code (decisions.md, Importers)."""

from collections.abc import Mapping
from typing import Any

import click

STATUSES = ("new", "changed", "unchanged")


def report(counts: Mapping[Any, int], refused: int) -> None:
    """The last line, which scripts read: how many of each; exit code 1 when everything was refused.

    A file with nothing in it refuses nothing, and so is no error.
    """
    done = [f"{status} {counts.get(status, 0)}" for status in STATUSES]
    click.echo(", ".join([*done, f"refused {refused}"]))
    if refused and not sum(counts.get(status, 0) for status in STATUSES):
        raise SystemExit(1)
