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


def due(settings: Settings) -> list[str]:
    """Names of the jobs that have not run today, in the order in which they were registered."""
    today = clock.today(settings.tzid).isoformat()
    return [name for name in _jobs if state.read(_key(name)) != today]


def run_daily(settings: Settings, *, force: bool = False) -> list[str]:
    """Run what has not run today, or everything; returns the names of the jobs run."""
    today = clock.today(settings.tzid)
    names = list(_jobs) if force else due(settings)
    for name in names:
        _jobs[name]()
        _remember(name, today)
    return names


def _remember(name: str, day: date) -> None:
    with transaction():
        state.write(_key(name), day.isoformat())


def _key(name: str) -> str:
    return f"daily:{name}"
