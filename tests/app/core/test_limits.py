"""Limits count a network once, however many processes serve it, and never keep an address in clear."""

from pathlib import Path

import pytest
from flask import Flask
from limits.storage import MemoryStorage

from app.core import limits
from app.core.limits import TooManyRequests, limit
from tests import engines

ASKER = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> MemoryStorage:
    """One memory that all applications of the test share, as processes share Redis."""
    shared = MemoryStorage()
    monkeypatch.setattr(limits, "storage_from_string", lambda _url: shared)
    return shared


def test_two_processes_over_one_storage_share_one_count(
    tmp_path: Path, spatialite_url: str, storage: MemoryStorage
) -> None:
    settings = engines.settings_for(tmp_path, spatialite_url)
    with engines.running_app(settings) as one, engines.running_app(settings) as other:
        for app in (one, other):
            with app.test_request_context(environ_overrides=ASKER):
                limit("2 per hour", "try")
        for app in (one, other):
            with app.test_request_context(environ_overrides=ASKER), pytest.raises(TooManyRequests):
                limit("2 per hour", "try")


def test_neighbours_share_a_count_and_no_address_is_kept(
    tmp_path: Path, spatialite_url: str, storage: MemoryStorage
) -> None:
    with engines.running_app(engines.settings_for(tmp_path, spatialite_url)) as app:
        for asker in ("198.51.100.7", "198.51.100.200"):
            with app.test_request_context(environ_overrides={"REMOTE_ADDR": asker}):
                limit("5 per hour", "try")
    (key,) = storage.events
    assert "198.51" not in key
    assert len(storage.events[key]) == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("::ffff:c633:6407", "198.51.100.0/24"),
        ("2001:db8:0:ff::1", "2001:db8::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("198.51.100.7:443", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_network_is_one_however_its_address_is_written(address: str, network: str) -> None:
    assert limits.network_prefix(address) == network


def test_counting_in_memory_walks_through_all_networks_once_a_minute_and_not_at_each_try(app: Flask) -> None:
    with app.test_request_context(environ_overrides=ASKER):
        limit("20 per hour", "try")
        storage = app.extensions[limits.EXTENSION].limiter.storage
        tidies = storage.timer
        limit("20 per hour", "try")
    assert storage.timer is tidies
    assert (tidies.is_alive(), tidies.daemon, tidies.interval) == (True, True, limits.TIDY_SECONDS)
