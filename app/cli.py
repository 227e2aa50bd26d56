"""`flask wendy …`: composed from the features' own commands."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.accounts import cli as accounts
from app.core import jobs, worker
from app.demo import cli as demo
from app.explore import cli as explore
from app.feeds import cli as feeds
from app.places import cli as places
from app.territories import cli as territories

FEATURES = (accounts, territories, places, explore, feeds, demo)
wendy = AppGroup("wendy", help="Run the network of Isole di Wendy.")


@wendy.command("worker")
@click.option("--once", is_flag=True, help="Do what is due and end.")
def run_worker(once: bool) -> None:
    """Send due mail and run the daily jobs; ends on Ctrl-C or SIGTERM."""
    run = worker.work_once if once else worker.work
    run(current_app.extensions["settings"])


@wendy.command("daily")
@click.option("--due", is_flag=True, help="Only those that have not run today.")
def run_daily(due: bool) -> None:
    """Run the daily jobs now."""
    for name in jobs.run_daily(current_app.extensions["settings"], force=not due):
        click.echo(name)


def in_application(command: click.Command) -> click.Command:
    """Features write plain click commands; here they are run inside the application's context."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            in_application(inner)
    if command.callback is not None:
        command.callback = with_appcontext(command.callback)
    return command


def compose() -> None:
    """Add the features' commands to the group, once: commands live as long as the process."""
    for feature in FEATURES:
        for command in feature.commands:
            wendy.add_command(in_application(command))


def init_app(app: Flask) -> None:
    """Give the application its group of commands."""
    app.cli.add_command(wendy)


compose()
