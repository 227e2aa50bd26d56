"""Some things happen in one place only: the commit, the clock, the environment, the map and geometry libraries."""

import ast
import re
from collections.abc import Callable

import pytest

from tests.architecture.source import Module, listing, modules

GEOMETRY = {"geo/engine.py", "geo/migrating.py", "geo/columns.py", "geo/queries.py"}
TIME_READERS = {
    "time",
    "time_ns",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "localtime",
    "gmtime",
}
TIME_IMPORTS = {f"time.{name}" for name in TIME_READERS}
DATE_READERS = {"now", "utcnow", "today", "current_timestamp", "localtimestamp"}
DATE_OWNERS = {"datetime", "date", "dt", "func"}


def dotted(node: ast.AST) -> str:
    """`sa.func.now` of the syntax of that expression; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def calls(module: Module) -> list[tuple[int, list[str]]]:
    """Line and dotted parts of each call."""
    return [
        (node.lineno, dotted(node.func).split("."))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
    ]


def commits(module: Module) -> list[int]:
    return [line for line, parts in calls(module) if parts[-1] == "commit"]


def reads_time(module: Module) -> list[int]:
    by_call = [line for line, parts in calls(module) if is_time_call(parts)]
    return by_call + [line for line, name in module.imports() if name in TIME_IMPORTS]


def is_time_call(parts: list[str]) -> bool:
    if len(parts) < 2:
        return False
    owner, verb = parts[-2:]
    return (owner == "time" and verb in TIME_READERS) or (owner in DATE_OWNERS and verb in DATE_READERS)


def reads_environment(module: Module) -> list[int]:
    names = {"os.environ", "os.environb", "os.getenv"}
    attributes = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node) in names
    ]
    return attributes + [line for line, name in module.imports() if name in names]


def imports(*libraries: str) -> Callable[[Module], list[int]]:
    def find(module: Module) -> list[int]:
        return [line for line, name in module.imports() if name.split(".")[0] in libraries]

    return find


def defines(name: str) -> Callable[[Module], list[int]]:
    def find(module: Module) -> list[int]:
        return [function.lineno for function in module.functions if function.name.lstrip("_") == name]

    return find


def sets(name: str) -> Callable[[Module], list[int]]:
    def find(module: Module) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id.lstrip("_") == name
        ]

    return find


@pytest.mark.parametrize(
    ("find", "allowed", "advice"),
    [
        (commits, {"app/core/database.py"}, "Only core.database.transaction() commits; use `with transaction():` in a service:"),
        (reads_time, {"app/core/clock.py"}, "Only core/clock.py reads the time; call clock.now(), clock.today() or clock.monotonic():"),
        (reads_environment, {"app/config.py"}, "Only app/config.py reads the environment; add a field to Settings:"),
        (imports("geoalchemy2"), GEOMETRY, "Only geo's engine, columns and queries know GeoAlchemy2; ask them:"),
        (imports("folium", "branca"), {"geo/leaflet.py"}, "Only geo/leaflet.py knows folium; ask it:"),
        (defines("picture_url"), {"app/places/pictures.py"}, "places/pictures.py knows where a picture is; ask it:"),
        (defines("from_capitals"), {"geo/naming.py"}, "geo/naming.py reads the capitals of registers; ask it:"),
        (sets("SPHERE_SLACK"), {"geo/distance.py"}, "geo/distance.py says how far sphere and ellipsoid differ; ask it:"),
        (sets("DAYS_BACK"), {"app/events/rules/schedule.py"}, "events say how long past dates are kept; ask them:"),
    ],
    ids=["commit", "clock", "environment", "geoalchemy2", "folium", "pictures", "capitals", "slack", "days back"],
)  # fmt: skip
def test_happens_in_one_place(find: Callable[[Module], list[int]], allowed: set[str], advice: str) -> None:
    elsewhere = [
        f"{module.path}:{line}"
        for module in modules("app/", "darkroom/", "geo/")
        if module.path not in allowed
        for line in find(module)
    ]
    assert not elsewhere, listing(elsewhere, advice)


def test_the_scans_see_what_they_look_for() -> None:
    guilty = Module(
        "guilty.py",
        "import os, folium\nfrom time import monotonic\nfrom datetime import datetime\n"
        "datetime.now()\nos.environ['A']\nsession.commit()\nsa.func.now()\n",
    )
    assert commits(guilty) == [6]
    assert sorted(reads_time(guilty)) == [2, 4, 7]
    assert reads_environment(guilty) == [5]
    assert imports("folium")(guilty) == [1]


def test_rules_know_only_values_and_other_rules() -> None:
    """Rules of lower features are pure values too (a vocabulary, a schedule); everything else is handed in."""
    strangers = []
    for module in modules("app/"):
        feature = re.match(r"app/(\w+)/rules(/|\.py)", module.path)
        if not feature:
            continue
        known = re.compile(rf"app\.(\w+\.rules|{feature[1]}\.commands|core)\b")
        strangers += [f"{module.path}:{line} {name}" for line, name in module.imports()
                      if name.startswith("app.") and not known.match(name)]  # fmt: skip
    assert not strangers, listing(strangers, "A rule decides on values that it is given; hand them in:")
