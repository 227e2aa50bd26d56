"""The mail with the one-time link, and what operators are told."""

from flask import render_template

from app.accounts import queries
from app.accounts.service import sign_in_code
from app.core import tokens
from app.core.http import absolute
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.translation import force_locale, gettext


@renders("sign_in")
def sign_in_mail(link_id: str) -> Mail | None:
    """Write link and code afresh; the outbox knows only their id. Nothing is sent once they are used or late."""
    letter = queries.link_letter(link_id)
    if letter is None:
        return None
    url = absolute("accounts.open_link", token=tokens.personal_token("sign_in", letter.public_id, 1))
    with force_locale(letter.language):
        code = sign_in_code(letter.public_id)
        context = {"name": letter.name, "url": url, "code": code, "language": letter.language}
        return Mail(
            to=letter.email,
            subject=gettext("%(code)s is your code for Isole di Wendy", code=code),
            text=render_template("emails/accounts/sign_in.txt", **context),
            html=render_template("emails/accounts/sign_in.html", **context),
            language=letter.language,
        )


@renders("feedback_told")
def feedback_mail(subject_id: str) -> Mail | None:
    """To one operator; the answer goes to the writer's own address, where there is one."""
    feedback_id, _, person_id = subject_id.partition(":")
    letter = queries.feedback_letter(feedback_id)
    operator = next((one for one in queries.operators() if one.public_id == person_id), None)
    if letter is None or operator is None:
        return None
    with force_locale(operator.language):
        context = {"name": operator.name, "letter": letter, "language": operator.language}
        return Mail(
            to=operator.email,
            subject=gettext("Somebody tells what does not work for them"),
            text=render_template("emails/accounts/feedback.txt", **context),
            html=render_template("emails/accounts/feedback.html", **context),
            language=operator.language,
        )
