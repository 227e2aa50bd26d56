"""`flask wendy worker`: drains the outbox and runs the daily jobs; several may run. It ends on SIGTERM or Ctrl-C."""

import logging
import signal
import subprocess
import sys
import threading

from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.core import jobs, statistics
from app.core.audit import forgetting
from app.core.database import db, project_root
from app.core.mail import delivery, retention

PAUSE_SECONDS = 1.0
JOBS_EVERY_SECONDS = 300.0
WATCH_EVERY_SECONDS = 30.0

logger = logging.getLogger("wendy.worker")
jobs.daily("statistics")(statistics.refresh)
LISTENING = (retention, forgetting)  # register their daily jobs by being imported


def work_once(settings: Settings) -> None:
    """Do what is due here and now, jobs first."""
    jobs.run_daily(settings)
    jobs.run_watches()
    delivery.drain(settings)


def work(settings: Settings) -> None:
    """Loop until told to stop; a database that does not answer is tried again after the pause."""
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    tick = 0
    while not stop.is_set():
        _turn(settings, stop, tick)
        tick += 1
        stop.wait(PAUSE_SECONDS)


def _turn(settings: Settings, stop: threading.Event, tick: int) -> None:
    try:
        if _is_time(tick, JOBS_EVERY_SECONDS) and jobs.due(settings):
            _run_jobs_apart()
        if _is_time(tick, WATCH_EVERY_SECONDS):
            jobs.run_watches()
        delivery.drain(settings, is_over=stop.is_set)
    except SQLAlchemyError as error:
        logger.warning("the database did not answer: %s", type(error).__name__)
    finally:
        db.session.remove()


def _is_time(tick: int, every_seconds: float) -> bool:
    return tick % int(every_seconds / PAUSE_SECONDS) == 0


def _run_jobs_apart() -> None:
    """In a process of their own: what they load is given back, and a job that fails stops no mail."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "wendy", "daily", "--due"]
    finished = subprocess.run(command, cwd=project_root(), check=False)  # noqa: S603  # our own words only
    if finished.returncode:
        logger.warning("the daily jobs ended with %s; they are tried again", finished.returncode)
