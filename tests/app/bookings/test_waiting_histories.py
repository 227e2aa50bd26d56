"""Dates that fill and empty at random, thousands of them: the waiting list keeps its promises at every step."""

import random
from dataclasses import dataclass, field, replace

import pytest

from app.bookings.rules.admission import Seats
from app.bookings.rules.waiting import MOST_PASSES, Waiting, next_in_line
from tests.app.bookings.test_waiting_rules import assert_nobody_waits_in_vain

HISTORIES, LONG_HISTORIES = 1_000, 10_000


@dataclass
class History:
    """A date as it fills: families come, give back, and the day draws near."""

    chance: random.Random
    capacity: int
    seated: dict[int, int] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    overtaken: dict[int, int] = field(default_factory=dict)
    keeps: bool = True
    number: int = 0

    @property
    def free(self) -> int:
        return self.capacity - sum(self.seated.values())

    def live(self) -> None:
        """One thing happens; then whoever's turn it is moves up."""
        what = self.chance.random()
        if what < 0.55 or not self.seated:
            self.number += 1
            self.waiting.append(Waiting(self.number, self.chance.randint(1, min(5, self.capacity))))
        elif what < 0.85:
            del self.seated[self.chance.choice(list(self.seated))]
        elif self.waiting and what < 0.95:
            self.waiting.remove(self.chance.choice(self.waiting))
        elif what > 0.98:
            self.keeps = False
        self.move_up()

    def move_up(self) -> None:
        before = {one.booking_id: one for one in self.waiting}
        turn = next_in_line(Seats(self.capacity, self.capacity - self.free), self.waiting, keeps=self.keeps)
        for admitted in turn.admitted:
            self.seated[admitted] = before[admitted].seats
            for one in self.waiting:
                if one.booking_id < admitted and one.booking_id not in turn.admitted:
                    self.overtaken[one.booking_id] = self.overtaken.get(one.booking_id, 0) + self.keeps
        self.waiting = [
            replace(one, passed=turn.passed.get(one.booking_id, one.passed))
            for one in self.waiting
            if one.booking_id not in turn.admitted
        ]


@pytest.mark.parametrize("histories", [HISTORIES, pytest.param(LONG_HISTORIES, marks=pytest.mark.long)])
def test_in_thousands_of_histories_all_of_it_holds(histories: int) -> None:
    chance = random.Random(20261123)
    for _ in range(histories):
        history = History(chance, capacity=chance.randint(1, 12))
        for _ in range(chance.randint(5, 40)):
            history.live()
            assert history.free >= 0
            assert max(history.overtaken.values(), default=0) <= MOST_PASSES
            assert_nobody_waits_in_vain(history.free, history.waiting, keeps=history.keeps)
