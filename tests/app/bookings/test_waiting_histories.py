"""Dates that fill and empty at random, thousands of them: the waiting list keeps its promises at every step."""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from app.bookings.rules.admission import Seats
from app.bookings.rules.offers import LAST_HOURS, WAKING_HOURS, Terms, terms
from app.bookings.rules.waiting import MOST_PASSES, Waiting, all_who_fit, keeps_seats, next_in_line
from tests.app.bookings.test_waiting_rules import assert_nobody_waits_in_vain

HISTORIES, LONG_HISTORIES = 1_000, 10_000
BEGIN = datetime(2026, 10, 20, 6, tzinfo=UTC)  # the night of the 25th is an hour longer
ROME = "Europe/Rome"


@dataclass
class Asked:
    """A family that is asked whether it comes."""

    family: Waiting
    made_at: datetime
    terms: Terms


@dataclass
class History:
    """A date as it fills: families come, are asked, answer or do not, give back, and the day draws near."""

    chance: random.Random
    capacity: int
    starts_at: datetime
    now: datetime = BEGIN
    seated: dict[int, int] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)
    overtaken: dict[int, int] = field(default_factory=dict)
    number: int = 0

    @property
    def free(self) -> int:
        held = sum(one.family.seats for one in self.asked.values() if one.terms.is_held)
        return self.capacity - sum(self.seated.values()) - held

    @property
    def keeps(self) -> bool:
        return keeps_seats(self.starts_at, self.now)

    def live(self) -> None:
        """Some time goes by and one thing happens; then whoever's turn it is, is asked."""
        self.now = min(self.now + timedelta(minutes=self.chance.randint(0, 300)), self.starts_at)
        self.end_offers()
        what = self.chance.random()
        if what < 0.45 or not self.seated:
            self.number += 1
            self.waiting.append(Waiting(self.number, self.chance.randint(1, min(5, self.capacity))))
        elif what < 0.65:
            del self.seated[self.chance.choice(list(self.seated))]
        elif self.asked and what < 0.9:
            self.answer(self.chance.choice(list(self.asked)), says_yes=what < 0.8)
        elif self.waiting:
            self.waiting.remove(self.chance.choice(self.waiting))
        self.ask()

    def end_offers(self) -> None:
        for number, one in list(self.asked.items()):
            if one.terms.ends_at > self.now:
                continue
            del self.asked[number]
            if one.terms.is_held and one.terms.ends_at == self.starts_at - LAST_HOURS:
                self.asked[number] = replace(one, terms=Terms(self.starts_at, is_held=False))

    def answer(self, number: int, *, says_yes: bool) -> None:
        one = self.asked.pop(number)
        if says_yes:
            self.seated[number] = one.family.seats

    def ask(self) -> None:
        self.wait_again()
        if self.now >= self.starts_at:
            return
        room = Seats(self.capacity, self.capacity - self.free)
        if self.now >= self.starts_at - LAST_HOURS:
            chosen: tuple[int, ...] = all_who_fit(room, self.waiting)
        else:
            turn = next_in_line(room, self.waiting, keeps=self.keeps)
            chosen = turn.admitted
            self.note(turn.passed, chosen)
        for one in [one for one in self.waiting if one.booking_id in chosen]:
            self.waiting.remove(one)
            self.asked[one.booking_id] = Asked(one, self.now, terms(self.now, self.starts_at, ROME))

    def wait_again(self) -> None:
        """Those who were asked all at once, and for whom too little is left."""
        for number, one in list(self.asked.items()):
            if not one.terms.is_held and one.family.seats > self.free:
                self.waiting.append(self.asked.pop(number).family)
        self.waiting.sort(key=lambda one: one.booking_id)

    def note(self, passed: dict[int, int], chosen: tuple[int, ...]) -> None:
        for one in self.waiting:
            later = sum(number > one.booking_id for number in chosen)
            if one.booking_id not in chosen:
                self.overtaken[one.booking_id] = self.overtaken.get(one.booking_id, 0) + later * self.keeps
        self.waiting = [replace(one, passed=passed.get(one.booking_id, one.passed)) for one in self.waiting]


@pytest.mark.parametrize("histories", [HISTORIES, pytest.param(LONG_HISTORIES, marks=pytest.mark.long)])
def test_in_thousands_of_histories_all_of_it_holds(histories: int) -> None:
    chance = random.Random(20261123)
    for _ in range(histories):
        days = timedelta(hours=chance.randint(3, 200))
        history = History(chance, capacity=chance.randint(1, 12), starts_at=BEGIN + days)
        for _ in range(chance.randint(5, 40)):
            history.live()
            assert_promises(history)


def assert_promises(history: History) -> None:
    assert history.free >= 0
    assert max(history.overtaken.values(), default=0) <= MOST_PASSES
    if history.now < history.starts_at:
        assert_nobody_waits_in_vain(history.free, history.waiting, keeps=history.keeps)
    for one in history.asked.values():
        assert history.now < one.terms.ends_at or history.now == history.starts_at
        if one.terms.is_held:
            assert one.terms.ends_at <= history.starts_at - LAST_HOURS
            assert one.terms.ends_at - one.made_at <= WAKING_HOURS + timedelta(hours=12)
