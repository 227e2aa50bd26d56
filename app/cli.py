"""`flask wendy …`: composed from the features' own commands."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.accounts import cli as accounts
from app.core import jobs, worker
from app.core.audit import cli as audit
from app.core.mail import cli as mail
from app.demo import cli as demo
from app.events import cli as events
from app.explore import cli as explore
from app.explore.map_script import ensure_map_script
from app.feeds import cli as feeds
from app.places import cli as places
from app.territories import cli as territories

FEATURES = (mail, audit, accounts, territories, places, events, explore, feeds, demo)
IMPORTS = {"import-places", "import-territories", "import-basemap"}
MIGRATIONS = "db"
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
    """Run the daily jobs now; what fails is said, the others go on, and the exit code is 1 then."""
    outcome = jobs.run_daily(current_app.extensions["settings"], force=not due)
    for name in outcome.done:
        click.echo(name)
    if outcome.failed:
        raise click.ClickException(f"failed: {', '.join(outcome.failed)}")


@wendy.result_callback()
@with_appcontext
def finish(_result: object) -> None:
    """An import may reach beyond where the map could be moved so far: its script is made anew then."""
    if click.get_current_context().invoked_subcommand in IMPORTS:
        ensure_map_script()


def in_application(command: click.Command) -> click.Command:
    """Features write plain click commands; here they are run inside the application's context."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            in_application(inner)
    if command.callback is not None:
        command.callback = with_appcontext(command.callback)
    return command


class Commands(AppGroup):
    """The application's commands; `flask db` joins them when it is asked for (see core.database)."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self._app = app

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, with `db`."""
        return sorted({*super().list_commands(ctx), MIGRATIONS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; Flask-Migrate adds its own where it is set up."""
        if cmd_name == MIGRATIONS:
            self._app.extensions["migrate"].db  # noqa: B018  # asking sets it up
        return super().get_command(ctx, cmd_name)


def compose() -> None:
    """Add the features' commands to the group, once: commands live as long as the process."""
    for feature in FEATURES:
        for command in feature.commands:
            wendy.add_command(in_application(command))


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    app.cli = Commands(app)
    app.cli.add_command(wendy)


compose()
