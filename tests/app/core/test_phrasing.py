"""Lists, numbers and times as each language writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.core.phrasing import listed, number_text, opening_a_line, side_by_side, time_text
from app.core.translation import force_locale

EARLY = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words", "text"),
    [
        ("it", ["pane", "latte", "tè"], "pane, latte e tè"),
        ("en", ["bread", "milk", "tea"], "bread, milk and tea"),
        ("ar", ["خبز", "حليب", "شاي"], "خبز وحليب وشاي"),
        ("ar", ["خبز", "حليب"], "خبز وحليب"),
        ("it", ["pane"], "pane"),
        ("it", [], ""),
    ],
)
def test_a_list_has_the_commas_of_its_language(
    app: Flask, language: str, words: list[str], text: str
) -> None:
    with app.app_context(), force_locale(language):
        assert listed(words) == text


@pytest.mark.parametrize(("language", "text"), [("it", "1.917"), ("en", "1,917"), ("ar", "1,917")])
def test_thousands_are_set_apart(app: Flask, language: str, text: str) -> None:
    with app.app_context(), force_locale(language):
        assert number_text(1917) == text


def test_hours_have_two_digits_on_the_clocks_of_the_place() -> None:
    assert time_text(EARLY, ZoneInfo("Europe/Rome")) == "8:00"


def test_facts_stand_side_by_side_without_a_comma() -> None:
    assert side_by_side("Lettura", None, "", "Gratis") == "Lettura · Gratis"


def test_a_line_begins_large() -> None:
    assert [opening_a_line(text) for text in ("giovedì 26", "1ª data", "")] == ["Giovedì 26", "1ª data", ""]
