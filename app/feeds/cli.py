"""`flask wendy feeds …`"""

import click

from app.feeds import service


@click.group("feeds")
def feeds() -> None:
    """Calendar feeds."""


@feeds.command("rebuild")
def rebuild() -> None:
    """Write the stored calendar bytes of every event again; unchanged ones stay as they are."""
    changed = service.rebuild()
    click.echo(f"{changed} calendar entries came out different.")


commands = [feeds]
