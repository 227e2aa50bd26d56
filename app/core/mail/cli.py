"""Operator commands about mail."""

import click

from app.core.mail import dead


@click.command("letters")
@click.argument("letters", nargs=-1)
@click.option("--retry", is_flag=True, help="Try these LETTERS again; without names, all of them.")
def letters(letters: tuple[str, ...], retry: bool) -> None:
    """List the mails that could not be delivered in eight tries; addresses are shortened."""
    if retry:
        click.echo(f"{dead.try_again(*letters)} go back into the queue; the worker tries them at once.")
        return
    for letter in dead.dead_letters():
        if not letters or letter.public_id in letters:
            given_up = f"{letter.died_at:%Y-%m-%d %H:%M} UTC"
            click.echo(f"{letter.public_id}  {letter.kind}  {given_up}  {letter.error}  {letter.to}")
    click.echo(f"{dead.count_dead()} letters were given up. Try them again: flask wendy letters --retry")


commands = [letters]
