"""What typed words mean."""

import pytest

from app.explore.rules.spelling import words_of
from app.explore.rules.street_words import compared, shown
from app.explore.rules.where import Spot, WhereKind, meant
from geo.point import Point

HERE = Point(lon=9.15, lat=45.45)
FAR = Point(lon=9.25, lat=45.50)


def spot(name: str, kind: WhereKind = WhereKind.STREET, point: Point = HERE) -> Spot:
    return Spot(name, compared(name), kind, point)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("V.LE ZARA", "viale zara"),
        ("P.ZA FRATTINI", "piazza Frattini"),
        ("CORSO BUENOS AIRES", "c.so Buenos Aires"),
        ("LARGO LA FOPPA", "L.go La Foppa"),
        ("PIAZZALE CORVETTO", "p.le corvetto"),
        ("S.AMBROGIO", "Sant'Ambrogio"),
        ("VIA NICCOLÒ TOMMASEO", "via niccolo tommaseo"),
    ],
)
def test_abbreviations_and_accents_compare_alike(printed, typed):
    assert compared(printed) == compared(typed)


def test_names_in_capitals_are_shown_as_on_a_sign():
    assert shown("V.LE ZARA") == "Viale Zara"
    assert shown("VIA CASSANO D'ADDA") == "Via Cassano d'Adda"
    assert shown("VIA PAPA GIOVANNI XXIII") == "Via Papa Giovanni XXIII"


def test_the_very_name_wins_over_longer_ones():
    found = meant(
        words_of("piazza napoli"), [spot("Piazza Napoli"), spot("Piazza Napoli Vecchia", point=FAR)]
    )
    assert found.spot is not None
    assert found.spot.name == "Piazza Napoli"


def test_a_street_and_its_stop_are_one_place():
    found = meant(words_of("wagner"), [spot("Wagner"), spot("Wagner", WhereKind.STOP)])
    assert found.spot == spot("Wagner", WhereKind.STOP)


def test_two_equally_close_names_are_offered_as_a_choice():
    candidates = [spot("Via Giovanni Cimabue"), spot("Piazza Elena Cimabue", point=FAR)]
    found = meant(words_of("cimabue"), candidates)
    assert found.spot is None
    assert {choice.name for choice in found.choices} == {spot.name for spot in candidates}


def test_nothing_known_means_nothing():
    assert meant(words_of("qwerty"), []).choices == ()
