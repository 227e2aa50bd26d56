"""`flask wendy demo` and `flask wendy sample`."""

import click

from app.demo import queries, sample
from app.demo.service import load_demo


@click.command("demo")
@click.option("--only-if-empty", is_flag=True, help="Do nothing where any place is stored already.")
def demo(only_if_empty: bool) -> None:
    """Load the made-up network (29 islands, 12 spaces and services, their events), or bring its dates up to date."""
    if only_if_empty and queries.has_places():
        click.echo("There are places already: nothing loaded.")
        return
    loaded = load_demo()
    click.echo(f"{loaded.places} places and {loaded.events} events; new or changed: {loaded.touched}")


@click.command("sample")
@click.option("--places", "places", type=click.IntRange(1, 200_000), default=5_000, show_default=True)
@click.option("--events", "events", type=click.IntRange(0, 200_000), default=5_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same sample.")
def make_sample(places: int, events: int, seed: int) -> None:
    """Fill a database for benchmarks: places around Milan, events with about ten dates each. Marked as demo."""
    made = sample.make(places, events, seed)
    click.echo(f"{made.places} places, {made.events} events, {made.dates} dates in {made.seconds:.1f} s")


commands = [demo, make_sample]
