"""CPU time of this process: the minimum of several rounds, since other programs can only add to it."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 3
ROUND_SECONDS = 0.25
MAX_CALLS = 2_000


@dataclass(frozen=True)
class Cost:
    """CPU seconds of one call."""

    seconds: float

    @property
    def text(self) -> str:
        """Milliseconds with three digits that matter."""
        return f"{self.seconds * 1000:.3g} ms"


def cost(work: Callable[[], object], *, rounds: int = ROUNDS) -> Cost:
    """What one call costs when it is repeated; each round lasts about a quarter of a second of CPU."""
    work()
    calls = max(1, min(MAX_CALLS, int(ROUND_SECONDS / max(_once(work), 1e-6))))
    return Cost(min(_round(work, calls) for _ in range(rounds)))


def cost_after(
    change: Callable[[], object], work: Callable[[], object], *, calls: int = 15, rounds: int = ROUNDS
) -> Cost:
    """What the first call after a change costs: `change` runs before each call and is not counted."""
    return Cost(min(sum(_after(change, work) for _ in range(calls)) / calls for _ in range(rounds)))


def _after(change: Callable[[], object], work: Callable[[], object]) -> float:
    change()
    return _once(work)


def _once(work: Callable[[], object]) -> float:
    started = time.process_time_ns()
    work()
    return (time.process_time_ns() - started) / 1e9


def _round(work: Callable[[], object], calls: int) -> float:
    gc.collect()
    started = time.process_time_ns()
    for _ in range(calls):
        work()
    return (time.process_time_ns() - started) / 1e9 / calls
