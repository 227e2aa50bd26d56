"""Journeys are walked in a real browser."""

import pytest

from tests.browser import browser, open_page, served_app

__all__ = ["browser", "open_page", "served_app"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives Chromium."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
