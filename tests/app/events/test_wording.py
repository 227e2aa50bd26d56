"""Facts in words."""

import pytest
from flask import Flask

from app.core.translation import force_locale
from app.events import wording


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [
        (None, None, None),
        (0, 12, "0–12 months"),
        (0, 36, "0–36 months"),
        (36, 72, "3–6 years"),
        (72, None, "From 6 years"),
        (None, 12, "Up to 12 months"),
        (-9, -1, "In pregnancy"),
        (-9, 12, "From pregnancy to 12 months"),
        (0, 1, "The first 40 days"),
    ],
)
def test_ages_are_said_as_parents_count_them(
    app: Flask, youngest: int | None, oldest: int | None, words: str
) -> None:
    with app.app_context(), force_locale("en"):
        assert wording.age_text(youngest, oldest) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "italiano, arabo"), ("en", "Italian, Arabic"), ("ar", "الإيطالية والعربية")],
)
def test_languages_are_named_in_the_readers_own(app: Flask, language: str, words: str) -> None:
    with app.app_context(), force_locale(language):
        found = wording.languages_text(("it", "ar"))
        assert found is not None
        assert set(found.replace("،", " ").replace(",", " ").split()) >= {
            words.split(maxsplit=1)[0].strip(",")
        }


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "1 adulto e 1 bambino"), ("en", "1 adult and 1 child"), ("ar", "بالغ واحد وطفل واحد")],
)
def test_a_party_of_two_is_two_in_every_language(app: Flask, language: str, words: str) -> None:
    """Babel's "unit" lists have no pattern for two in Arabic and say the last one twice."""
    with app.app_context(), force_locale(language):
        assert wording.party_text(1, 1) == words
