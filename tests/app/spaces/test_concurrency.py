"""Forty people press at once on one slot: one has it, on either engine."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

from flask import Flask

from app.core import clock
from app.spaces import service
from app.spaces.commands import Reserve
from app.spaces.queries import reservations_of
from app.spaces.rules.refusals import SlotTaken
from tests.app.spaces.factory import make_space, moment, wish

THREADS = 40


def press(app: Flask, space_id: str, wishes: list[Reserve]) -> list[str]:
    barrier = Barrier(len(wishes))

    def one(command: Reserve) -> str:
        with app.app_context():
            barrier.wait()
            try:
                return service.reserve(space_id, command).token
            except SlotTaken:
                return ""

    with ThreadPoolExecutor(len(wishes)) as pool:
        return list(pool.map(one, wishes))


def test_forty_threads_on_one_slot_give_it_to_exactly_one(app: Flask) -> None:
    with app.app_context():
        space = make_space()
    answers = press(app, space.public_id, [wish(number) for number in range(THREADS)])
    assert Counter(map(bool, answers)) == {True: 1, False: THREADS - 1}
    with app.app_context():
        assert len(reservations_of(space.id, clock.now())) == 1


def test_stretches_that_only_partly_meet_never_overlap(app: Flask) -> None:
    with app.app_context():
        space = make_space(buffer_minutes=15)
    wishes = [wish(n, starts_at=moment(3, 9 + n % 8), steps=1 + n % 3) for n in range(THREADS)]
    answers = press(app, space.public_id, wishes)
    with app.app_context():
        held = reservations_of(space.id, clock.now())
    assert len(held) == sum(map(bool, answers)) > 0
    for before, after in pairwise(held):
        assert before.ends_at < after.starts_at


def test_one_form_pressed_forty_times_is_one_reservation(app: Flask) -> None:
    with app.app_context():
        space = make_space()
    assert len(set(press(app, space.public_id, [wish()] * THREADS))) == 1
