"""Writers of one process take turns, in the order in which they came.

SQLite lets whoever asks at the right moment write next: a thread that waits (its busy timeout sleeps and asks again) can be
overtaken for seconds by others that write one after another. PostgreSQL queues by itself and needs none of this.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy.exc import TimeoutError as TooLong


class Turns:
    """A queue before one door. `seconds` is how long anybody waits before it is TooLong."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._is_taken = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, hold it for the block, hand it to the next. Raises TooLong."""
        self._take()
        try:
            yield
        finally:
            self._hand_on()

    def _take(self) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            called = Lock()
            called.acquire()
            self._waiting.append(called)
        if not called.acquire(timeout=self._seconds):
            with self._guard:
                if called in self._waiting:
                    self._waiting.remove(called)
                    raise TooLong("others have been writing for too long")
            # Called in the very moment in which it gave up waiting: it is its turn after all.

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
