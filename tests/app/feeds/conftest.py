"""Feed tests ask PostgreSQL at every request whether anything changed, not once a second."""

import pytest
from flask import Flask

from app.core import freshness
from app.core.freshness import PostgresFreshness


@pytest.fixture(autouse=True)
def no_lag(request: pytest.FixtureRequest) -> None:
    """decisions.md lets public bytes lag a second there; a test would have to wait for it."""
    if "app" not in request.fixturenames:
        return
    app: Flask = request.getfixturevalue("app")
    if isinstance(freshness.of(app), PostgresFreshness):
        app.extensions[freshness.EXTENSION]._interval = 0.0
