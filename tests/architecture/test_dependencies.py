"""Each dependency has a reason, each locked file a hash, and no lock names an address."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import ROOT, Module, listing, modules, read

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
# Parts of a library that is asked for, published under a name of their own.
BROUGHT_WITH = {
    "werkzeug", "jinja2", "markupsafe", "click", "blinker",  # Flask
    "babel", "wtforms", "alembic",  # Flask-Babel, Flask-WTF, Flask-Migrate
    "branca",  # folium
    "protobuf",  # mapbox-vector-tile
}  # fmt: skip
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return {match["name"]: match["version"] for match in PIN.finditer(read(lock))}


def test_each_dependency_says_why_it_is_there() -> None:
    text = read("pyproject.toml").split("[tool.", 1)[0]
    lines = text.splitlines()
    silent = [
        line.strip()
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r'\s+"[\w-]+(\[\w+\])?([<>=;].*)?"', line)
        and "#" not in line
        and not before.strip().startswith("#")
    ]
    assert not silent, listing(
        silent, "Say in pyproject.toml, on the line or above it, what the dependency is for:"
    )


@cache
def providers() -> Mapping[str, list[str]]:
    """Which distributions give each importable name."""
    return packages_distributions()


def installed_from(module: Module) -> set[str]:
    """Names of the distributions that a file imports; nothing for the standard library and ourselves."""
    tops = {name.split(".")[0] for _, name in module.imports()}
    return {canonical(distribution) for top in tops for distribution in providers().get(top, [])}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    """Names of the distributions that pyproject.toml asks for itself; what they bring along may go with them."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = [*project["dependencies"]]
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    return {canonical(re.split(r"[<>=;\[ ]", one, maxsplit=1)[0]) for one in asked}


@pytest.mark.parametrize(
    ("extras", "folders"),
    [
        (("postgres", "redis", "pysqlite", "pdf"), ("app/", "geo/", "migrations/")),
        (("postgres", "redis", "pysqlite", "test"), ("tests/", "bench/")),
    ],
)
def test_every_library_that_the_code_imports_is_asked_for(
    extras: tuple[str, ...], folders: tuple[str, ...]
) -> None:
    asked = declared(*extras) | BROUGHT_WITH
    loose = [
        f"{module.path}: {name}" for module in modules(*folders) for name in installed_from(module) - asked
    ]
    assert not loose, listing(loose, "Add these to pyproject.toml with their reason, then run make lock:")


def test_there_are_locks() -> None:
    assert {"requirements.lock", "requirements-dev.lock"} <= set(LOCKS)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_lock_is_complete_and_names_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=[\w.-]+==)", read(lock).strip())
    bare = [
        entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry or "# via" not in entry
    ]
    assert not bare, listing(
        bare, "Each locked package needs hashes and the reason `# via …`; run make lock:"
    )
    assert "//" not in read(lock), "A lock must not name a host: run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_lock_holds_the_versions_of_the_product(lock: str) -> None:
    product, other = pins("requirements.lock"), pins(lock)
    different = [
        f"{name} {version} ≠ {other.get(name)}"
        for name, version in product.items()
        if other.get(name) != version
    ]
    assert not different, listing(
        different, f"{lock} must hold requirements.lock in the same versions; run make lock:"
    )
