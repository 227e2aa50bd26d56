"""What one finds at a place, as its page and its sheet say it: yes, no, not known yet; and who said so, once for all."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.i18n import local
from app.core.phrasing import side_by_side
from app.core.translation import gettext
from app.places import labels, wording
from app.places.decay import decay
from app.places.page_objects import AmenityRow
from app.places.queries import AmenityView, PlaceView
from app.places.rules.freshness import confirmation
from app.places.rules.vocabulary import Amenity, AmenityState

_SHOWN_FIRST = (AmenityState.YES, AmenityState.NO)


@dataclass(frozen=True)
class Answers:
    """A row for each amenity, and the sentence that holds for all rows without one of their own."""

    rows: list[AmenityRow]
    confirmed_text: str | None


def amenity_answers(place: PlaceView, at: datetime) -> Answers:
    """Yes before no before what nobody has told us of, each in vocabulary order."""
    today = at.astimezone(ZoneInfo(place.tzid)).date()
    known = sorted(
        (fact for fact in place.amenities if fact.state in _SHOWN_FIRST),
        key=lambda fact: (_SHOWN_FIRST.index(fact.state), list(Amenity).index(fact.amenity)),
    )
    told = {fact.amenity for fact in known}
    sentences = {fact.amenity: _sentence(place, fact, today) for fact in known}
    common = _common(sentences, known)
    rows = [_known_row(fact, sentences[fact.amenity], common) for fact in known]
    fallback = wording.confirmed_text(confirmation(place.confirmed_on, today, decay()))
    return Answers(rows + [_unknown_row(one) for one in Amenity if one not in told], common or fallback)


def _sentence(place: PlaceView, fact: AmenityView, today: date) -> str | None:
    """Of a fact that is doubted no date says anything."""
    if fact.is_doubted:
        return gettext("Several parents told us that this has changed: ask before you go")
    fresh = confirmation(fact.confirmed_on, today, decay())
    return wording.confirmed_text(fresh, fact.confirmed_by, place.kind)


def _common(sentences: dict[Amenity, str | None], known: list[AmenityView]) -> str | None:
    """What most facts have in common; of two as common the newer."""
    said = [sentence for fact in known if not fact.is_doubted and (sentence := sentences[fact.amenity])]
    dates = {sentences[fact.amenity]: fact.confirmed_on or date.min for fact in known}
    return max(said, key=lambda sentence: (said.count(sentence), dates[sentence]), default=None)


def _known_row(fact: AmenityView, sentence: str | None, common: str | None) -> AmenityRow:
    if common and sentence is None:
        sentence = gettext("Nobody has confirmed this yet")
    return replace(
        _row(fact.amenity, fact.state),
        state_text=side_by_side(
            labels.state_text(fact.state), gettext("not sure") if fact.is_doubted else None
        ),
        detail=local(fact.detail),
        is_doubted=fact.is_doubted,
        confirmed_text=sentence if sentence != common else None,
    )


def _unknown_row(amenity: Amenity) -> AmenityRow:
    return _row(amenity, AmenityState.UNKNOWN)


def _row(amenity: Amenity, state: AmenityState) -> AmenityRow:
    return AmenityRow(
        amenity.value, labels.amenity_icon(amenity), labels.amenity_text(amenity), state.value,
        labels.state_text(state), None, None,
    )  # fmt: skip
