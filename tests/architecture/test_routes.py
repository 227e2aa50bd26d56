"""Every route stands under a named permission, and the table of them can be read (pytest -s)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import engines
from tests.architecture.source import ROOT, listing, read


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application without a database behind it."""
    folder: Path = tmp_path_factory.mktemp("bare")
    with engines.running_app(engines.settings_for(folder, f"sqlite:///{folder / 'none.db'}")) as app:
        yield app


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Methods, address and permission ("" where none is named) of each route but static files."""
    rows = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[-1] == "static":
            continue
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append((methods, str(rule), getattr(app.view_functions[rule.endpoint], "permission", "")))
    return sorted(rows, key=lambda row: (row[1], row[0]))


def test_every_route_names_its_permission(bare_app: Flask) -> None:
    table = routes(bare_app)
    for methods, address, permission in table:
        print(f"{methods:<10} {address:<55} {permission}")
    assert table, "the application has no routes"
    nameless = [f"{methods} {address}" for methods, address, permission in table if not permission]
    assert not nameless, listing(nameless, "Put @requires(PUBLIC) or another permission below the route:")


def test_every_template_compiles_with_the_filters_it_uses(bare_app: Flask) -> None:
    with bare_app.app_context():
        for name in bare_app.jinja_env.list_templates(extensions=["html", "txt", "xml", "svg"]):
            bare_app.jinja_env.get_template(name)


def test_every_listener_is_composed() -> None:
    """A room that registers itself by being imported must be imported by the composition root, not by chance."""
    composed = read("app/web.py")
    rooms = [path for path in ROOT.glob("app/*/*.py") if path.name in {"subscribers.py", "mails.py"}]
    missing = [
        f"app.{path.parent.name}.{path.stem}"
        for path in rooms
        if f"from app.{path.parent.name} import {path.stem} as" not in composed
    ]
    assert not missing, listing(missing, "Import these in app/web.py and name them in LISTENING:")
