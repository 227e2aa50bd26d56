"""Italian pages are easy to read: Gulpease of 60, never under 50 (Lucisano and Piemontese, 1988)."""

import re

import pytest

from tests.budgets.conftest import Note
from tests.budgets.measuring import Visitor
from tests.budgets.pages import FIRST, PUBLIC, Site

LEAST = 50


def gulpease(text: str) -> float:
    """89 + (300 × sentences − 10 × letters) / words; a line of its own is a sentence.

    >>> gulpease("Il latte è caldo.\\nSiediti.") > 80
    True
    """
    words = re.findall(r"[^\W\d_]+", text)
    sentences = [each for each in re.split(r"[.!?:;]\s|\n", text) if re.search(r"[^\W\d_]", each)]
    letters = sum(map(len, words))
    return 89 + (300 * len(sentences) - 10 * letters) / max(1, len(words))


def prose(text: str) -> str:
    """Only what is written as sentences: lists of names and labels would flatter the figure."""
    return "\n".join(line for line in text.splitlines() if len(line.split()) >= 6)


@pytest.mark.parametrize(
    "name", [each if each in FIRST else pytest.param(each, marks=pytest.mark.long) for each in PUBLIC]
)
def test_a_tired_reader_understands_at_once(visitor: Visitor, site: Site, note: Note, name: str) -> None:
    text = prose(visitor.visit(site.base + site.paths[name]).probe("text"))
    ease = gulpease(text) if text else 100.0
    note(name, "Gulpease (goal 60)", f"{ease:.0f}")
    assert ease >= LEAST, text
