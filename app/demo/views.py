"""/demo: try the network as a parent, a bookseller, a community manager or an operator, and read its mail."""

from flask import Blueprint, Response, make_response, redirect
from flask_wtf import FlaskForm

from app.accounts import service as accounts
from app.accounts.session_cookie import asking_device, set_session_cookie
from app.core.errors import NotFound
from app.core.http import page, personal
from app.core.permissions import PUBLIC, requires
from app.demo import mailbox, pages, queries
from app.demo.permissions import only_in_the_demo, settings

blueprint = Blueprint("demo", __name__)
blueprint.before_request(only_in_the_demo)
STAFF_HOME = "/studio"


@blueprint.get("/demo")
@requires(PUBLIC)
def index() -> Response:
    """The doors, the tour, the way to the mail."""
    answer = page(
        "demo/index", data_page="demo.index", page=pages.demo_page(), form=FlaskForm(), noindex=True
    )
    return personal(answer)


@blueprint.post("/demo/enter/<entry>")
@requires(PUBLIC)
def enter(entry: str) -> Response:
    """Sign in as somebody made up; no mail, no code."""
    person_id = queries.person_id_of_entry(entry)
    if person_id is None:
        raise NotFound
    response = make_response(redirect(STAFF_HOME, 303))
    set_session_cookie(response, accounts.sign_in_person(person_id, asking_device()))
    return response


@blueprint.get("/demo/mail")
@requires(PUBLIC)
def mail() -> Response:
    """The newest letters; a letter is found by its name."""
    found = pages.mailbox_page(mailbox.letters(settings().data_dir / "mail"))
    return personal(page("demo/mail", data_page="demo.mail", page=found, noindex=True))


@blueprint.get("/demo/mail/<name>")
@requires(PUBLIC)
def read_letter(name: str) -> Response:
    """One letter, as text."""
    found = mailbox.letter(settings().data_dir / "mail", name, settings().base_url)
    if found is None:
        raise NotFound
    answer = page("demo/letter", data_page="demo.letter", page=pages.letter_page(found), noindex=True)
    return personal(answer)
