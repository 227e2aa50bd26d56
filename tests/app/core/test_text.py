"""Text on save, slugs and identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import ALPHABET, free_slug, public_id, slugify
from app.core.local_text import LocalText
from app.core.text import clean, clean_line, fold


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_no_control_character_survives(text):
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in clean(text))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00 byte", "nul byte"),
        ("\u202eabc", "\u202eabc\u202c"),
        ("abc\u202c", "abc"),
        ("\u2067أهلا", "\u2067أهلا\u2069"),
        ("\u202e\u2067x\u202c", "\u202e\u2067x\u2069\u202c"),
        ("  spazi  ", "spazi"),
    ],
)
def test_text_is_made_safe_to_store(typed, stored):
    assert clean(typed) == stored


def test_a_line_stays_one_line():
    assert clean_line("La\r\n Lucciola\t!") == "La Lucciola !"


def test_names_are_compared_without_accents_case_and_punctuation():
    assert fold("Caffè  dell'Ànatra") == fold("CAFFE DELL ANATRA")


def test_a_public_id_is_ten_characters_of_crockford_base32():
    seen = {public_id() for _ in range(200)}
    assert len(seen) == 200
    assert all(len(one) == 10 and set(one) <= set(ALPHABET) for one in seen)


def test_a_taken_slug_is_numbered():
    taken = {"la-lucciola", "la-lucciola-2"}
    assert free_slug("La Lucciola", taken.__contains__) == "la-lucciola-3"


def test_a_name_without_latin_letters_still_has_an_address():
    assert slugify("صيدلية") == "luogo"


def test_content_falls_back_honestly_to_the_original():
    text = LocalText.of("it", it="Fiabe", ar="حكايات")
    assert text.within("ar").lang == "ar"
    assert (text.within("en").value, text.within("en").lang) == ("Fiabe", "it")
    assert LocalText.from_json(text.to_json()) == text


def test_empty_languages_are_left_out():
    assert not LocalText.of("it", it="  ")
