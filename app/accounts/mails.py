"""The mail with the one-time link."""

from flask import render_template

from app.accounts import queries
from app.core import tokens
from app.core.http import absolute
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.translation import force_locale, gettext


@renders("sign_in")
def sign_in_mail(link_id: str) -> Mail | None:
    """Write the link afresh; the outbox knows only its id. Nothing is sent once it is used or late."""
    letter = queries.link_letter(link_id)
    if letter is None:
        return None
    url = absolute("accounts.open_link", token=tokens.personal_token("sign_in", letter.public_id, 1))
    with force_locale(letter.language):
        context = {"name": letter.name, "url": url, "language": letter.language}
        return Mail(
            to=letter.email,
            subject=gettext("Your link to sign in to Isole di Wendy"),
            text=render_template("emails/accounts/sign_in.txt", **context),
            html=render_template("emails/accounts/sign_in.html", **context),
            language=letter.language,
        )
