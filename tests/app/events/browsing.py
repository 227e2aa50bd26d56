"""What a browser does with a form: take its hidden values along; and how a test enters as staff."""

from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.commands import SavePerson
from app.accounts.service import save_person, sign_in_person
from app.accounts.session_cookie import cookie_name
from app.core.actor import Grant
from tests.client import CheckingClient


def hidden_values(html: str) -> dict[str, str]:
    """Names and values of the hidden inputs of a page."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    inputs = [node for node in root.iter("input") if node.get("type") == "hidden"]
    return {str(node.get("name")): str(node.get("value") or "") for node in inputs}


def submit(client: CheckingClient, url: str, **typed: Any) -> TestResponse:
    """Open a form and send it with what was typed."""
    hidden = hidden_values(client.get(url).get_data(as_text=True))
    return client.post(url, data=hidden | typed)


def enter(app: Flask, client: CheckingClient, *grants: Grant) -> None:
    """Sign the client in as somebody with these grants."""
    with app.app_context():
        person_id = save_person(SavePerson("staff@example.org", "Rosa", "it", grants))
        token = sign_in_person(person_id)
        name = cookie_name(app.extensions["settings"])
    client.set_cookie(name, token)
