"""A real worker whose disk takes no byte more: it stays, sends nothing it cannot note, and goes on with space."""

import resource
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.config import Settings
from tests.faults.families import families_book
from tests.faults.mail_server import TAKEN, MailServer
from tests.faults.processes import Process, do_daily_jobs, ended, start_worker, wait_for
from tests.faults.test_workers import let_claims_lapse, unsent


@pytest.fixture
def engine_url(spatialite_url: str) -> str:
    """One file on our own disk; a PostgreSQL server guards its own."""
    return spatialite_url


@pytest.fixture
def worker(app: Flask, app_settings: Settings, smtp: MailServer) -> Iterator[Process]:
    """At work: it has sent a first letter."""
    families_book(app)
    do_daily_jobs(app, app_settings)
    process = start_worker(app_settings, smtp.url)
    with ended(process):
        wait_for(lambda: unsent(app) == 0)
        yield process


def fill_disk_of(process: Process) -> None:
    """Every write to a file fails from now on (EFBIG), in this process only."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def free_disk_of(process: Process) -> None:
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def wait_for_complaint(process: Process) -> None:
    """The worker says that it could not write."""
    assert process.stderr is not None
    wait_for(lambda: b"the database did not answer" in process.stderr.readline())


def test_a_letter_that_cannot_be_claimed_waits_for_space(
    app: Flask, smtp: MailServer, worker: Process
) -> None:
    fill_disk_of(worker)
    families_book(app)
    wait_for_complaint(worker)
    assert (len(smtp.heard), unsent(app)) == (1, 1)
    free_disk_of(worker)
    wait_for(lambda: unsent(app) == 0)
    assert len(smtp.kept) == len(set(smtp.kept)) == 2


def test_a_letter_sent_but_not_noted_goes_again_under_its_own_message_id(
    app: Flask, smtp: MailServer, worker: Process
) -> None:
    async def disk_fills(_server: Any) -> str:
        fill_disk_of(worker)
        return TAKEN

    smtp.on_data = disk_fills
    families_book(app)
    wait_for_complaint(worker)
    assert unsent(app) == 1
    smtp.on_data = None
    free_disk_of(worker)
    let_claims_lapse(app)
    wait_for(lambda: unsent(app) == 0)
    assert smtp.kept[1] == smtp.kept[2]
    assert len(smtp.kept) == 3
