"""Random histories of a course that is booked whole, one step after the other and all at once; on both engines."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from threading import Barrier

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import AddFamily, ChangeParty
from app.config import Settings
from app.core.errors import ApplicationError
from app.events import service as events
from app.events.facts import OccurrenceView
from tests.app.bookings.course_checks import check_course
from tests.app.bookings.test_courses import book, dates, of, token_on
from tests.app.bookings.test_mails import family
from tests.app.events.factory import in_days, make_event


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@dataclass
class History:
    """Somebody who does things: with the links of families, and on any date."""

    chance: Random
    event_id: str
    tokens: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    name: str = ""

    def step(self, number: int) -> None:
        """One thing that a family or a host does; what cannot be is refused and changes nothing."""
        self.name = f"{self.chance.randrange(10**9)}-{number}"
        verbs: tuple[Callable[[], object], ...] = (
            *[self.book] * 5, self.give_back, self.give_back, self.accept, self.change, self.erase, self.add,
            self.take_off, *[self.take_on] * 3, self.put_off, self.move, self.resize,
        )  # fmt: skip
        with suppress(ApplicationError):
            self.chance.choice(verbs)()

    def book(self) -> None:
        asked = replace(family(f"F{self.name}", adults=self.chance.randint(1, 2)), accepts_waiting=True)
        self.own.append(service.book(self.date.public_id, asked).token)
        self.tokens.append(self.own[-1])

    def give_back(self) -> None:
        if token := self.token:
            which = self.chance.randrange(max(1, len(of(token))))
            service.cancel(token_on(token, which), only_this_date=self.chance.random() < 0.4)

    def accept(self) -> None:
        for token in self.tokens:
            service.accept(token)

    def change(self) -> None:
        if token := self.token:
            service.change_party(ChangeParty(token, self.chance.randint(1, 2), self.chance.randint(0, 1)))

    def erase(self) -> None:
        if self.own:  # those of others, at the same moment, are looked at by others
            token = self.own.pop(self.chance.randrange(len(self.own)))
            self.tokens.remove(token)
            service.erase(token)

    def add(self) -> None:
        service.add_family(AddFamily(self.date.id, f"G{self.name}", 1, 0, self.name, "it"))

    def take_off(self) -> None:
        events.cancel_occurrence(self.date.public_id)

    def take_on(self) -> None:
        events.reinstate_occurrence(self.date.public_id)

    def put_off(self) -> None:
        events.postpone_occurrence(self.date.public_id)

    def move(self) -> None:
        date, by = self.date, timedelta(days=self.chance.randint(-6, 20))
        events.move_occurrence(date.public_id, date.starts_at + by, date.ends_at + by)

    def resize(self) -> None:
        events.resize_occurrence(self.date.public_id, self.chance.randint(1, 6))

    @property
    def date(self) -> OccurrenceView:
        return self.chance.choice(dates(self.event_id))

    @property
    def token(self) -> str:
        return self.chance.choice(self.tokens) if self.tokens else ""


def a_course(capacity: int) -> str:
    return make_event(
        capacity=capacity, rrule="FREQ=WEEKLY;COUNT=3", starts_local=in_days(20), booked_whole=True
    )


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.long) for n in range(4, 30))]
)
def test_whatever_happens_a_course_stays_whole(app_settings: Settings, seed: int) -> None:
    history = History(Random(seed), a_course(capacity=5))
    for number in range(60):
        history.step(number)
        check_course(history.event_id)
    assert history.tokens, "nobody ever booked"


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.long) for n in range(2, 12))])
def test_at_the_same_moment_too(app: Flask, app_settings: Settings, seed: int) -> None:
    """Families come, give back and answer while the host takes dates off, back on, and moves them."""
    event_id = a_course(capacity=6)
    first = [book(event_id, f"Famiglia {number}") for number in range(5)]
    barrier = Barrier(8)

    def one(worker: int) -> None:
        history = History(Random(100 * seed + worker), event_id, list(first))
        with app.app_context():
            barrier.wait()
            for number in range(8):
                history.step(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    check_course(event_id)
