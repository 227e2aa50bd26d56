"""Budgets are measured on the demo as a new user starts it; every figure stands in one table at the end."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from _pytest.terminal import TerminalReporter

from tests.budgets.measuring import Visitor, visitor
from tests.budgets.pages import Site, public_pages
from tests.journeys.demo_site import demo_address

__all__ = ["demo_address", "visitor"]
Note = Callable[[str, str, object], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives Chromium."""
    for item in items:
        if "budgets" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def site(demo_address: str) -> Site:
    """The demo's pages by name."""
    return public_pages(demo_address)


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    """`note(page, what, figure)` puts a measured figure into the table."""
    return lambda page, what, figure: request.node.user_properties.append(
        ("budget", (page, what, str(figure)))
    )


@pytest.fixture
def at_the_desk(visitor: Visitor, demo_address: str) -> Visitor:
    """A visitor who has come in as a host."""
    visitor.enter_as_host(demo_address)
    return visitor


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """One line a page, one column a figure; travels from the processes of pytest-xdist with the reports."""
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for kind, value in report.user_properties:
            if kind == "budget":
                page, what, figure = value
                table[page][what] = figure
    columns = list(dict.fromkeys(what for row in table.values() for what in row))
    if not columns:
        return
    terminalreporter.section("budgets")
    terminalreporter.line("| page | " + " | ".join(columns) + " |")
    terminalreporter.line("|---|" + "---|" * len(columns))
    for page, row in table.items():
        terminalreporter.line(f"| {page} | " + " | ".join(row.get(what, "") for what in columns) + " |")
