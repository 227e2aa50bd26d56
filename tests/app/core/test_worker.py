"""The worker: jobs once a day, mail all day, and an end when it is told to stop."""

import os
import signal
import subprocess
import sys
import time

import pytest

from app.core import jobs, worker
from app.core.database import db, project_root
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
