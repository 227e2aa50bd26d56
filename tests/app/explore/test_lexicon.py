"""Everyday words are filters, in three languages and with slips; names stay names."""

import pytest

from app.explore.rules.lexicon import read_wishes
from app.explore.rules.spelling import asked_keys, keys, similarity, words_of
from app.places.rules.vocabulary import Amenity, PlaceKind

FEED, CHANGE, FATHERS = Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE, Amenity.CHANGING_TABLE_FATHERS


@pytest.mark.parametrize(
    ("typed", "amenities"),
    [
        ("fasciatojo", {CHANGE}),
        ("alatamento", {FEED}),
        ("cambio pannolino", {CHANGE}),
        ("cambiare il pannolino", {CHANGE}),
        ("nursery", {FEED, CHANGE}),
        ("تغيير حفاض", {CHANGE}),
        ("تغيير الحفاض", {CHANGE}),
        ("الرضاعة", {FEED}),
        ("fasciatoio anche per i papà", {FATHERS, CHANGE}),
        ("dare il latte", {FEED}),
        ("baby chnaging", {CHANGE}),
        ("nappy change", {CHANGE}),
        ("senza gradini", {Amenity.STEP_FREE}),
        ("scaldabiberon e microonde", {Amenity.BOTTLE_WARMER, Amenity.MICROWAVE}),
        ("gratis", {Amenity.NO_PURCHASE}),
        ("pasegino", {Amenity.STROLLER}),
    ],
)
def test_everyday_words_are_filters(typed: str, amenities: set[Amenity]) -> None:
    wishes = read_wishes(words_of(typed))
    assert (
        set(wishes.amenities) >= amenities - {CHANGE}
        if FATHERS in amenities
        else wishes.amenities == amenities
    )
    assert not wishes.rest


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("fasciatoio vicino a piazzale Loreto", ("piazzale", "loreto")),
        ("dove posso allattare a Corvetto", ("corvetto",)),
        ("pharmacy open now near Duomo", ("duomo",)),
        ("farmacia via Savona 10", ("via", "savona", "10")),
    ],
)
def test_what_is_left_is_a_whereabouts(typed: str, rest: tuple[str, ...]) -> None:
    assert read_wishes(words_of(typed)).rest == rest


@pytest.mark.parametrize(
    "typed", ["via Padova", "Piazza Napoli", "La Lucciola", "20137", "viale Papiniano", ""]
)
def test_names_are_no_filters(typed: str) -> None:
    wishes = read_wishes(words_of(typed))
    assert not wishes
    assert wishes.rest == words_of(typed)


def test_kinds_open_now_and_islands_are_understood() -> None:
    wishes = read_wishes(words_of("isola aperta ora in farmacia"))
    assert set(wishes.kinds) == {PlaceKind.PHARMACY}
    assert wishes.open_now
    assert wishes.island


@pytest.mark.parametrize(
    ("typed", "written"),
    [("corveto", "corvetto"), ("corvvetto", "corvetto"), ("covretto", "corvetto"), ("corvwtto", "corvetto"), ("corvto", "corvetto"), ("dumo", "duomo"), ("gianbelino", "giambellino")],
)  # fmt: skip
def test_a_typed_word_with_slips_shares_a_key_with_the_written_one(typed: str, written: str) -> None:
    assert asked_keys(typed) & keys(written)
    assert similarity(typed, written) > 0.5


@pytest.mark.parametrize(
    ("typed", "written"),
    [("zara", "bara"), ("10", "11"), ("20137", "20138"), ("san", "sam"), ("lima", "roma")],
)
def test_other_words_are_not_taken_for_slips(typed: str, written: str) -> None:
    assert similarity(typed, written) == 0.0
