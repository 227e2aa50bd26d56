"""Pages, the map box and booking: CPU of a whole request beside Flask's hello."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from urllib.parse import urlencode

from flask import Flask

from bench.cpu import Cost, cost, cost_after
from bench.results import Result, at_most
from bench.sample import Sample, touch
from bench.wsgi_calls import call, environ, get

BOX = "/api/v1/map?bbox=9.166,45.448,9.214,45.480&zoom=16&cluster=0&all=1"
HIDDEN = re.compile(rb'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(rb'(name|value)="([^"]*)"')
_guests = count(1)
_networks = count(1)  # bookings are limited for each network


@dataclass(frozen=True)
class Asked:
    """A page: one address, its goal in hellos, and as many other addresses of its kind as one likes."""

    what: str
    again: str
    most: float | None
    others: Iterator[str] | None


def hello() -> Cost:
    """The floor that goals refer to: Flask answering one word."""
    app = Flask("hello")

    @app.get("/")
    def say() -> str:
        return "hello"

    prepared = environ("/")
    return cost(lambda: call(app, prepared))


def pages(sample: Sample, floor: float) -> list[Result]:
    """Each page three times: asked again, asked for what nobody asked before, asked first after something changed."""
    results: list[Result] = []
    for asked in _asked(sample):
        call_again = _caller(sample, asked.again)
        get(sample.app, asked.again)
        results.append(at_most(f"{asked.what}, again", cost(call_again).seconds, floor, asked.most))
        if asked.others is not None:
            fresh = cost(_next_caller(sample, asked.others))
            results.append(at_most(f"{asked.what}, another each time", fresh.seconds, floor, asked.most))
        changed = cost_after(touch(sample), call_again)
        results.append(at_most(f"{asked.what}, after a change", changed.seconds, floor, None))
    return results


def _asked(sample: Sample) -> list[Asked]:
    points = (f"{45.40 + number % 1000 / 10_000:.4f},{9.10 + number / 100_000:.5f}" for number in count())
    boxes = (BOX.replace("9.166,", f"{9.166 + number / 1_000_000:.6f},") for number in count(1))
    return [
        Asked("home, list", "/", 60.0, (f"/?near={point}" for point in points)),
        Asked("home, changing table open now", "/?amenity=changing_table&open=now", 60.0,
              (f"/?amenity=changing_table&open=now&near={point}" for point in points)),
        Asked("place page", f"/places/{sample.place_slugs[0]}", 40.0, cycle(f"/places/{slug}" for slug in sample.place_slugs)),
        Asked("map box of 500 rows", BOX, 20.0, boxes),
        Asked("events, list", "/events", None, (f"/events?page={number % 20 + 1}" for number in count())),
        Asked("event page", f"/events/{sample.event_slug}", None, None),
    ]  # fmt: skip


def _caller(sample: Sample, target: str) -> Callable[[], object]:
    prepared = environ(target)
    return lambda: call(sample.app, prepared)


def _next_caller(sample: Sample, targets: Iterator[str]) -> Callable[[], object]:
    return lambda: get(sample.app, next(targets))


def booking(sample: Sample, floor: float) -> list[Result]:
    """The form, and sending it: lock, count, write, commit."""
    target = f"/occurrences/{sample.occurrence_id}/book"
    form = cost(_caller(sample, target))
    sent: list[bytes] = []
    cookies: list[str] = []

    def fill() -> None:
        sent[:], cookies[:] = [], []
        answer = get(sample.app, target)
        sent.append(_filled(answer.body))
        cookies.append(answer.cookie)

    def send() -> None:
        request = environ(target, method="POST", body=sent[0], headers={"Cookie": cookies[0]})
        request["REMOTE_ADDR"] = ".".join(map(str, (10, *divmod(next(_networks) % 65536, 256), 1)))
        answer = call(sample.app, request)
        if answer.status != 303:
            raise SystemExit(f"booking answered {answer.status}: {answer.body[:2000].decode()}")

    return [
        at_most("booking form (GET)", form.seconds, floor, None),
        at_most("booking (POST, committed)", cost_after(fill, send).seconds, floor, None),
    ]


def _filled(page: bytes) -> bytes:
    """The form's hidden fields with a new guest."""
    hidden = [dict(ATTRIBUTE.findall(field)) for field in HIDDEN.findall(page)]
    fields = {
        field[b"name"].decode(): field.get(b"value", b"").decode() for field in hidden if b"name" in field
    }
    guest = {"name": "Sara", "email": f"guest{next(_guests)}@example.org", "adults": "1", "children": "1"}
    return urlencode({**fields, **guest}).encode()
