"""The worker: jobs once a day, mail all day, and an end when it is told to stop."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from app.core import clock, jobs, state, worker
from app.core.database import db, project_root, transaction
from app.core.mail import delivery, outbox
from app.core.mail.message import Mail
from tests.app.core.test_mail import put


@pytest.fixture
def counted():
    """A job that counts how often it ran."""
    runs = []
    jobs.daily("counted")(lambda: runs.append(1))
    yield runs
    del jobs._jobs["counted"]


def test_a_job_runs_once_a_day_however_often_it_is_asked(app, app_settings, counted):
    with app.app_context():
        assert "counted" in jobs.due(app_settings)
        worker.work_once(app_settings)
        worker.work_once(app_settings)
    assert len(counted) == 1


def test_an_hourly_job_runs_again_in_the_next_hour(app, app_settings):
    runs = []
    jobs.hourly("often")(lambda: runs.append(1))
    try:
        now = clock.now().replace(minute=5)
        for minutes in (0, 30, 60, 61):
            with app.app_context(), clock.frozen(now + timedelta(minutes=minutes)):
                jobs.run_daily(app_settings)
        assert len(runs) == 2
    finally:
        del jobs._jobs["often"]
        jobs._hourly.discard("often")


@pytest.fixture
def broken():
    """A job of places that fails, registered before all others."""

    def fail():
        with transaction():
            state.write("half done", "1")
            raise ValueError("the hours of Farmacia Segreta")

    others = dict(jobs._jobs)
    jobs._jobs.clear()
    jobs.daily("broken")(fail)
    jobs._jobs.update(others)
    yield
    del jobs._jobs["broken"]


def test_a_job_that_fails_stops_no_other_and_stays_due(app, app_settings, broken, counted, caplog):
    with app.app_context(), clock.frozen(clock.now()):  # within one hour
        outcome = jobs.run_daily(app_settings)
        assert outcome.failed == ("broken",)
        assert "counted" in outcome.done
        assert (len(counted), jobs.due(app_settings)) == (1, ["broken"])
        assert state.read("half done") is None
    assert "the daily job broken failed: ValueError" in caplog.text
    assert "Segreta" not in caplog.text


def test_the_command_says_what_failed_and_ends_with_1(app, broken, counted):
    answer = app.test_cli_runner().invoke(args=["wendy", "daily"])
    assert (answer.exit_code, len(counted)) == (1, 1)
    assert "failed: broken" in answer.output


def test_a_broken_message_does_not_stop_the_next_one(app, app_settings):
    @delivery.renders("greeting")
    def render(subject_id):
        if subject_id == "broken":
            raise AttributeError("a fault of the template")
        return Mail(to="ada@example.org", subject="Ciao", text="Ciao\n")

    put(app, "broken", "greeting:broken")
    put(app, "fine", "greeting:fine")
    try:
        with app.app_context():
            assert delivery.drain(app_settings) == 1
            assert not outbox.has_due()
    finally:
        del delivery._renderers["greeting"]


def test_a_real_worker_runs_the_jobs_and_ends_when_told(app, app_settings):
    environment = {
        **os.environ,
        "DATA_DIR": str(app_settings.data_dir),
        "DATABASE_URL": app_settings.database_url,
        "TILES_URL": "",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "wendy", "worker"]
    process = subprocess.Popen(command, cwd=project_root(), env=environment)
    try:
        deadline = time.monotonic() + 60
        with app.app_context():
            while jobs.due(app_settings) and time.monotonic() < deadline:
                db.session.rollback()
                time.sleep(0.2)  # the worker is another process: nothing else tells us
            assert jobs.due(app_settings) == []
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
