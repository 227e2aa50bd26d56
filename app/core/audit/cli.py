"""`flask wendy audit`: prove the trail."""

import click

from app.core.audit import queries


@click.group("audit")
def audit() -> None:
    """Who did what."""


@audit.command("verify")
def verify() -> None:
    """Follow the chain of entries: exit code 0 when nobody has changed, added or removed one."""
    proof = queries.verify()
    if proof.broken is None:
        click.echo(f"{proof.number} entries, the chain is whole.")
        return
    where = f"at entry {proof.broken}" if proof.broken else "at its end: entries are missing"
    raise click.ClickException(f"The chain is broken {where}, after {proof.number} good entries.")


commands = [audit]
