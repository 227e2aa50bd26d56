"""Pages, the map box and booking: CPU of a whole request beside Flask's hello."""

import re
from collections.abc import Callable
from itertools import count
from urllib.parse import urlencode

from flask import Flask

from bench.cpu import Cost, cost, cost_after
from bench.results import Result, at_most
from bench.sample import Sample, touch
from bench.wsgi_calls import call, environ, get

BOX = "/api/v1/map?bbox=9.0,45.3,9.4,45.6&zoom=18&cluster=0&all=1"
HIDDEN = re.compile(rb'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(rb'(name|value)="([^"]*)"')
_guests = count(1)


def hello() -> Cost:
    """The floor that goals refer to: Flask answering one word."""
    app = Flask("hello")

    @app.get("/")
    def say() -> str:
        return "hello"

    prepared = environ("/")
    return cost(lambda: call(app, prepared))


def pages(sample: Sample, floor: float) -> list[Result]:
    """Each page twice: asked for again, and for the first time after something was written."""
    asked = [
        ("home, list", "/", 60.0),
        (
            "home, filtered: changing table, open now",
            "/?amenity=changing_table&open=now&near=45.464,9.19",
            60.0,
        ),
        ("place page", f"/places/{sample.place_slug}", 40.0),
        ("map box of 500 rows", BOX, 20.0),
        ("events, list", "/events", None),
        ("event page", f"/events/{sample.event_slug}", None),
    ]
    results: list[Result] = []
    for what, target, most in asked:
        prepared = environ(target)
        get(sample.app, target)
        again = cost(lambda prepared=prepared: call(sample.app, prepared))  # type: ignore[misc]  # bound at once
        first = cost_after(touch(sample), lambda prepared=prepared: call(sample.app, prepared))  # type: ignore[misc]  # same
        results.append(at_most(what, again.seconds, floor, most))
        results.append(at_most(f"{what}, after a change", first.seconds, floor, most))
    return results


def booking(sample: Sample, floor: float) -> list[Result]:
    """The form, and sending it: lock, count, write, commit."""
    target = f"/occurrences/{sample.occurrence_id}/book"
    form = cost(_repeat(sample, target))
    sent: list[bytes] = []
    cookies: list[str] = []

    def fill() -> None:
        sent[:], cookies[:] = [], []
        answer = get(sample.app, target)
        sent.append(_filled(answer.body))
        cookies.append(answer.cookie)

    def send() -> None:
        request = environ(target, method="POST", body=sent[0], headers={"Cookie": cookies[0]})
        answer = call(sample.app, request)
        if answer.status != 303:
            raise SystemExit(f"booking answered {answer.status}: {answer.body[:2000].decode()}")

    return [
        at_most("booking form (GET)", form.seconds, floor, None),
        at_most("booking (POST, committed)", cost_after(fill, send).seconds, floor, None),
    ]


def _repeat(sample: Sample, target: str) -> Callable[[], object]:
    prepared = environ(target)
    return lambda: call(sample.app, prepared)


def _filled(page: bytes) -> bytes:
    """The form's hidden fields with a new guest."""
    hidden = [dict(ATTRIBUTE.findall(field)) for field in HIDDEN.findall(page)]
    fields = {
        field[b"name"].decode(): field.get(b"value", b"").decode() for field in hidden if b"name" in field
    }
    guest = {"name": "Sara", "email": f"guest{next(_guests)}@example.org", "adults": "1", "children": "1"}
    return urlencode({**fields, **guest}).encode()
