"""Operator commands about people."""

import click
from flask import current_app

from app.accounts import service
from app.core.actor import Grant, Role
from app.core.http import absolute


@click.command("sign-in-link")
@click.argument("email")
def sign_in_link(email: str) -> None:
    """Print a one-time sign-in link for EMAIL (15 minutes), for the day the mail is down."""
    token = service.make_link(email)
    if token is None:
        raise click.ClickException(
            f"Nobody with the address {email} is known. Make an operator: flask wendy operator"
        )
    click.echo(absolute("accounts.open_link", token=token))


@click.command("operator")
@click.argument("email")
@click.option("--name", default="", help="Name shown on staff pages.")
def operator(email: str, name: str) -> None:
    """Make EMAIL an operator of the network."""
    if "@" not in email or len(email) > 254 or any(letter.isspace() for letter in email):
        raise click.ClickException(f"{email!r} is not an e-mail address.")
    service.grant_role(email, name or email.split("@", maxsplit=1)[0], Grant(Role.OPERATOR))
    click.echo(
        f"{email.lower()} is an operator. Sign in: {current_app.extensions['settings'].base_url}/sign-in"
    )


@click.command("forget-passkeys")
@click.argument("email")
def forget_passkeys(email: str) -> None:
    """Forget all passkeys of EMAIL, whose devices and recovery codes are gone, and sign it out everywhere.

    The next sign-in by mail may add a passkey again.
    """
    number = service.forget_passkeys(email)
    if number is None:
        raise click.ClickException(f"Nobody with the address {email} is known.")
    click.echo(f"Forgotten: {number}. {email.lower()} signs in by mail and adds a new one.")


commands = [sign_in_link, operator, forget_passkeys]
