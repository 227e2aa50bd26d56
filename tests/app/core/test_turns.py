"""Writers of one process take turns."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from time import sleep

import pytest
from flask import Flask
from sqlalchemy.exc import TimeoutError as TooLong

from app.core.database import db, transaction
from app.core.turns import Turns


def test_everybody_goes_in_the_order_of_arrival() -> None:
    turns, order = Turns(5), list[int]()
    arrived = [Event() for _ in range(8)]

    def write(number: int) -> None:
        arrived[number].set()
        with turns.turn():
            order.append(number)

    with ThreadPoolExecutor(len(arrived)) as pool, turns.turn():
        for number, here in enumerate(arrived):
            pool.submit(write, number)
            here.wait()
            while len(turns._waiting) <= number:
                sleep(0.001)  # until it stands in the queue
        order.append(-1)
    assert order == [-1, *range(8)]


def test_whoever_waits_too_long_leaves_the_queue_and_holds_nobody_up() -> None:
    turns = Turns(0.05)
    with turns.turn(), pytest.raises(TooLong), turns.turn():
        pass
    with turns.turn():
        assert not turns._waiting


def fail(turns: Turns) -> None:
    with turns.turn():
        raise ZeroDivisionError


def test_a_failure_hands_the_turn_on() -> None:
    turns = Turns(0.05)
    with pytest.raises(ZeroDivisionError):
        fail(turns)
    with turns.turn():
        assert turns._is_taken
    assert not turns._is_taken


def test_one_who_writes_again_and_again_overtakes_nobody_for_long(app: Flask) -> None:
    """On SQLite a patient writer was overtaken for seconds: its waiting is asking again now and then."""
    mine, done = list[int](), Event()

    def eager() -> None:
        with app.app_context():
            while not done.is_set():
                with transaction():
                    mine.append(1)
                    sleep(0.02)
                db.session.remove()

    greedy = [Thread(target=eager) for _ in range(2)]
    for thread in greedy:
        thread.start()
    try:
        with app.app_context():
            for _ in range(5):
                before = len(mine)
                with transaction():
                    overtaken = len(mine) - before
                assert overtaken <= 3 * len(greedy)
    finally:
        done.set()
        for thread in greedy:
            thread.join()
