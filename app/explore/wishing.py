"""What somebody wishes for by what they typed: "fasciatoio loreto" is a filter and a whereabouts."""

from collections.abc import Sequence

from app.explore.queries.lookup import find
from app.explore.rules.lexicon import Wishes, read_wishes
from app.explore.rules.ranking import Subject
from app.explore.rules.search import OpenAt, Search, ordered_amenities, ordered_kinds
from app.explore.rules.spelling import words_of
from app.explore.seeking import seek

SURE = 0.93  # a name of which every word was typed, without slips


def asked_for(search: Search) -> Search | None:
    """The search with the filters that were typed as words ("fasciatoio loreto"), or None where none were.

    What is left of the words stays as the whereabouts. A name that holds such words ("Farmacia del Barcone") stays a
    name.
    """
    words = words_of(search.where)
    wishes = read_wishes(words)
    if not wishes:
        return None
    if wishes.has_slips and _is_known(words):
        return None
    if wishes.rest and (_bears_name(words) or (not seek(wishes.rest) and seek(words))):
        return None
    return _with_wishes(search, wishes)


def _with_wishes(search: Search, wishes: Wishes) -> Search:
    """Typed wishes join the filters that are set."""
    return search.having(
        amenities=ordered_amenities({*search.amenities, *wishes.amenities}),
        kinds=ordered_kinds({*search.kinds, *wishes.kinds}),
        island=search.island or wishes.island,
        open=search.open or (OpenAt() if wishes.open_now else None),
        where=" ".join(wishes.rest),
    )


def _is_known(words: Sequence[str]) -> bool:
    """Whether something is called just so: Cambiago is a town, not "cambiare" with a slip."""
    found = find(words)
    return bool(found and found[0].in_name and found[0].is_clear)


def _bears_name(words: Sequence[str]) -> bool:
    """Whether a place or an event is called just so."""
    found = find(words, (Subject.PLACE, Subject.EVENT))
    return bool(found and found[0].in_name and found[0].is_clear and found[0].score >= SURE)
