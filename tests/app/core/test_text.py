"""Text on save, slugs and identifiers."""

from unicodedata import combining, is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import ALPHABET, free_slug, public_id, slugify
from app.core.letters import MOST_MARKS
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
        ("e\x00\u0301", "é"),
        ("e\u202c\u0301", "é"),
        ("\u202e", ""),
        ("\u200b \u2066\u3164\ufeff", ""),
        ("\u200b.", "\u200b."),
    ],
)
def test_text_is_made_safe_to_store(typed, stored):
    assert clean(typed) == stored


# Sorting them, as NFC does, takes the square of their number: 250,000 of them held the whole process for half a minute.
@pytest.mark.parametrize(
    "marks", ["\u0301\u0323", "\u0f73", "\u0344", "\u0301\x00\u0323", "\u0323\u202c\u0301"]
)
@pytest.mark.parametrize("letter", ["", "a", "é", "\U0001d160", "\ufb2c", " "])
def test_a_letter_carries_as_many_marks_as_languages_need_and_no_more(letter, marks):
    cleaned = clean(f"x{letter}{marks * 200}")
    assert sum(1 for one in normalize("NFD", cleaned) if combining(one)) <= MOST_MARKS
    assert clean(cleaned) == cleaned


@given(st.text(alphabet="aé\u0301\u0323\u0344\u0f73\U0001d160\u202e\u202c\x00", max_size=120))
def test_marks_are_counted_alike_the_second_time(text):
    assert clean(clean(text)) == clean(text)
    assert is_normalized("NFC", clean(text))


@pytest.mark.parametrize("text", ["é", "Žižek", "שָׁלוֹם", "مُحَمَّد", "ท่านผู้ใหญ่", "한국어", "👩‍👧"])
def test_no_written_language_loses_anything(text):
    assert clean(text) == normalize("NFC", text)


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
