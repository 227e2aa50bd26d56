"""Work that returns: daily jobs, run by the worker at start and then once a day in the network's zone."""

from collections.abc import Callable
from datetime import date

from app.config import Settings
from app.core import clock, state
from app.core.database import transaction

Job = Callable[[], None]
_jobs: dict[str, Job] = {}


def daily(name: str) -> Callable[[Job], Job]:
    """Register a job; it must be idempotent, since two workers may both run it."""

    def register(job: Job) -> Job:
        _jobs[name] = job
        return job

    return register


def run_daily(settings: Settings, *, force: bool = False) -> list[str]:
    """Run what has not run today; returns the names of the jobs run."""
    today = clock.today(settings.tzid)
    due = [name for name in _jobs if force or state.read(_key(name)) != today.isoformat()]
    for name in due:
        _jobs[name]()
        _remember(name, today)
    return due


def _remember(name: str, day: date) -> None:
    with transaction():
        state.write(_key(name), day.isoformat())


def _key(name: str) -> str:
    return f"daily:{name}"
