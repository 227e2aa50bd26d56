"""Work that returns, run by the worker at start and then once a day in the network's zone, or once an hour."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.core import clock, state
from app.core.database import db, transaction
from app.core.errors import ApplicationError

logger = logging.getLogger("wendy.jobs")
# What a database, a disk or stored data can do wrong: one failing job never stops the others.
FAULTS = (
    SQLAlchemyError, ApplicationError, OSError, ValueError, LookupError, ArithmeticError, TypeError, AttributeError,
    RuntimeError,
)  # fmt: skip
Job = Callable[[], None]
_jobs: dict[str, Job] = {}
_hourly: set[str] = set()
_watches: list[Job] = []


@dataclass(frozen=True)
class Outcome:
    """Names of the jobs that ran to their end, and of those that failed and stay due."""

    done: tuple[str, ...]
    failed: tuple[str, ...]


def daily(name: str) -> Callable[[Job], Job]:
    """Register a job; it must be idempotent, since two workers may both run it."""

    def register(job: Job) -> Job:
        _jobs[name] = job
        return job

    return register


def hourly(name: str) -> Callable[[Job], Job]:
    """The same for a job that cannot wait for the next day."""
    _hourly.add(name)
    return daily(name)


def watch(job: Job) -> Job:
    """Register light work that cannot wait for an hour: one question to an index, and writing where it finds something.

    The worker runs it every half minute; several workers may at the same time.
    """
    _watches.append(job)
    return job


def run_watches() -> None:
    """Run each of them; one that fails is named in the log and stops no other."""
    for job in _watches:
        try:
            job()
        except FAULTS as error:
            logger.error("the watch %s failed: %s", job.__name__, type(error).__name__)  # noqa: TRY400  # no data
        finally:
            db.session.remove()


def due(settings: Settings) -> list[str]:
    """Names of the jobs that have not run today (this hour), in the order in which they were registered."""
    return [name for name in _jobs if state.read(_key(name)) != _stamp(name, settings)]


def run_daily(settings: Settings, *, force: bool = False) -> Outcome:
    """Run what is due, or everything; what fails is named in the log and the others go on."""
    names = list(_jobs) if force else due(settings)
    failed = tuple(name for name in names if not _runs(name, _stamp(name, settings)))
    return Outcome(tuple(name for name in names if name not in failed), failed)


def _runs(name: str, stamp: str) -> bool:
    """Run one job and note the day or hour; False where it failed. The log names no data: messages may quote it."""
    try:
        _jobs[name]()
        _remember(name, stamp)
    except FAULTS as error:
        logger.error("the daily job %s failed: %s", name, type(error).__name__)  # noqa: TRY400  # see above
        return False
    finally:
        db.session.remove()
    return True


def _remember(name: str, stamp: str) -> None:
    with transaction():
        state.write(_key(name), stamp)


def _stamp(name: str, settings: Settings) -> str:
    """The day or the hour for which it is due."""
    if name in _hourly:
        return f"{clock.now():%Y-%m-%dT%H}"
    return clock.today(settings.tzid).isoformat()


def _key(name: str) -> str:
    return f"daily:{name}"
