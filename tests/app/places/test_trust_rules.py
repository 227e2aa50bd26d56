"""Votes refresh and doubt, and never flip: the rule alone, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.rules.freshness import Decay, Freshness, confirmation
from app.places.rules.reports import TOLD, ReportSettled, ReportStatus, check_move, may_move
from app.places.rules.trust import (
    NEEDED,
    Answer,
    Vote,
    Word,
    independent,
    is_doubted,
    newest_word,
    open_doubts,
    read_shown,
    shown_text,
    votes_since,
)
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy

DAY = date(2026, 11, 20)


def votes(letters: str, *, first: int = 0) -> list[Vote]:
    """One a day, each from elsewhere: c says that it changed, s that it is still so."""
    answers = {"c": Answer.CHANGED, "s": Answer.STILL}
    return [
        Vote(answers[letter], f"n{number}", f"b{number}", DAY + timedelta(days=number))
        for number, letter in enumerate(letters, first)
    ]


@pytest.mark.parametrize(
    ("said", "unsure"),
    [
        ("", False), ("cc", False), ("ccc", True), ("sssccc", True), ("scc", False),
        ("csc", False), ("cscsc", False), ("cscc", False), ("csccc", True), ("ccsc", True), ("ccssc", False),
    ],
)  # fmt: skip
def test_three_doubts_that_nobody_took_away_make_a_fact_unsure(said: str, unsure: bool) -> None:
    assert is_doubted(votes(said), None) is unsure


@pytest.mark.parametrize(
    ("said", "unsure"), [("s", True), ("ss", True), ("sss", False), ("sscs", True), ("sscss", False)]
)
def test_only_as_many_as_doubted_it_make_it_sure_again(said: str, unsure: bool) -> None:
    assert is_doubted(votes(said, first=1), DAY) is unsure


def test_what_is_said_on_the_day_of_the_doubt_does_not_lift_it() -> None:
    same_day = [Vote(Answer.STILL, f"n{number}", f"b{number}", DAY) for number in range(9)]
    assert is_doubted(same_day, DAY)


@pytest.mark.parametrize("same", ["network", "browser", "day"])
def test_one_network_one_browser_or_one_day_is_one_voice(same: str) -> None:
    several = [
        Vote(
            Answer.CHANGED,
            "n" if same == "network" else f"n{number}",
            "b" if same == "browser" else f"b{number}",
            DAY if same == "day" else DAY + timedelta(days=number),
        )
        for number in range(10)
    ]
    assert len(independent(several)) == 1
    assert not is_doubted(several, None)


VOTES = st.lists(
    st.builds(
        Vote, st.sampled_from(Answer), st.sampled_from("mnopq"), st.sampled_from("bcdef"),
        st.integers(0, 6).map(lambda days: DAY + timedelta(days=days)),
    ),
    max_size=30,
)  # fmt: skip


@given(VOTES)
def test_counted_voices_share_nothing_and_fewer_than_three_never_doubt(said: list[Vote]) -> None:
    counted = independent(said)
    for field in ("network", "browser", "day"):
        assert len({getattr(vote, field) for vote in counted}) == len(counted)
    changed = independent(vote for vote in said if vote.answer is Answer.CHANGED)
    assert len(open_doubts(said)) <= len(said)
    if len(changed) < NEEDED and all(vote.answer is Answer.CHANGED for vote in said):
        assert not is_doubted(said, None)


def test_the_word_of_the_place_ends_the_count_and_a_parents_word_does_not() -> None:
    said = votes("ccc")
    assert votes_since(said, Word(ConfirmedBy.HOST, DAY + timedelta(days=1))) == said[2:]
    assert votes_since(said, Word(ConfirmedBy.MANAGER, DAY + timedelta(days=9))) == []
    for by in (ConfirmedBy.PARENT, ConfirmedBy.SOURCE, None):
        assert votes_since(said, Word(by, DAY + timedelta(days=9))) == said


def test_the_newer_word_is_shown_and_on_the_same_day_the_stronger() -> None:
    host = Word(ConfirmedBy.HOST, DAY)
    assert newest_word(host, None) == newest_word(host, DAY) == host
    assert newest_word(host, DAY + timedelta(days=1)).by is ConfirmedBy.PARENT


def test_what_was_shown_comes_back_and_anything_else_was_not_shown() -> None:
    facts = {Amenity.WATER: AmenityState.YES, Amenity.PLAY_AREA: AmenityState.NO}
    assert read_shown(shown_text(facts.items())) == facts
    for hostile in (
        "",
        "\x00",
        "water",
        "water.unknown",
        "x" * 5_000,
        "water.yes<script>",
        "water.yes" * 900,
    ):
        assert read_shown(hostile) == {}


@pytest.mark.parametrize(
    ("days", "freshness"),
    [(10, Freshness.FRESH), (11, Freshness.TO_CONFIRM), (20, Freshness.TO_CONFIRM), (21, Freshness.UNSURE)],
)
def test_an_installation_says_how_fast_facts_grow_old(days: int, freshness: Freshness) -> None:
    assert confirmation(DAY, DAY + timedelta(days=days), Decay(10, 20)).freshness is freshness


def test_a_report_only_goes_forward_and_every_end_is_an_end() -> None:
    for end in (ReportStatus.RESOLVED, ReportStatus.DISMISSED):
        for after in ReportStatus:
            with pytest.raises(ReportSettled):
                check_move(end, after)
    assert not any(may_move(before, ReportStatus.NEW) for before in ReportStatus)
    assert all(may_move(before, after) for before in (ReportStatus.NEW, ReportStatus.SEEN) for after in TOLD)
    assert not may_move(ReportStatus.ANSWERED, ReportStatus.ANSWERED)
