"""Journeys are walked in a real browser, on the demo as a new user starts it."""

import pytest

from tests.browser import open_page
from tests.journeys.demo_site import demo_address, served_app
from tests.khal import khal

__all__ = ["demo_address", "khal", "open_page", "served_app"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives Chromium."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
