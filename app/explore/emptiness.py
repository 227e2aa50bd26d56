"""Never a dead end: what to say when nothing fits, what to drop, and which place opens next."""

from dataclasses import replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from app.core.filtering import EmptyState
from app.core.http import Link
from app.core.translation import gettext as _
from app.core.translation import ngettext
from app.explore import finding
from app.explore.chips import address
from app.explore.counting import bars_for
from app.explore.queries import listing
from app.explore.rules import histogram
from app.explore.rules.relaxing import Relaxed, relaxed
from app.explore.rules.search import Search, Selection
from app.explore.sentences import when
from app.places import labels
from app.places.cards import place_cards
from app.places.rules.vocabulary import Amenity
from app.places.wording import distance_text
from geo.point import Point

MAX_SUGGESTIONS = 4


def empty_state(search: Search, now: datetime, zone: tzinfo, point: Point | None) -> EmptyState:
    """The sentence, the nearest place whatever it offers, and up to four ways on, those with most places first."""
    counted = ((_count(item.search, now, zone), item) for item in relaxed(search))
    useful = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])[:MAX_SUGGESTIONS]
    suggestions = [_suggestion(count, item) for count, item in useful]
    if not suggestions:
        suggestions = [Link(_("Show all places"), address(Search(near=search.near, where=search.where)))]
    return EmptyState(_sentence(search, now, zone), [*_nearest(search, now, point), *suggestions])


def _nearest(search: Search, now: datetime, point: Point | None) -> list[Link]:
    """Where feeding or changing is possible at all, if it is known where somebody is."""
    if point is None:
        return []
    found = finding.nearest(Selection(everything=search.everything), point, total=1, offset=0, limit=1)
    return [
        Link(
            _("The nearest place: %(name)s, %(distance)s", name=card.name.value, distance=distance_text(dict(found)[key])),
            card.url,
        )
        for key, card in place_cards([key for key, _metres in found], at=now).items()
    ]  # fmt: skip


def _count(search: Search, now: datetime, zone: tzinfo) -> int:
    selection = search.selection(now, zone)
    return histogram.total(bars_for(selection, selection.open_at or now), selection)


def _sentence(search: Search, now: datetime, zone: tzinfo) -> str:
    if search.open is None:
        return _("No place here offers all that you chose.")
    selection = search.selection(now, zone)
    moment = selection.open_at or now
    following = listing.next_to_open(replace(selection, open_at=None), moment)
    if following is None:
        return _("No place with all that you chose is open at that time.")
    opens = when(following.opens_at, now, ZoneInfo(following.tzid))
    if search.island:
        return _(
            "No Wendy Island is open nearby. The next to open: %(name)s, %(when)s",
            name=following.name,
            when=opens,
        )
    return _(
        "No place with all that you chose is open. The next to open: %(name)s, %(when)s",
        name=following.name,
        when=opens,
    )


def _suggestion(count: int, item: Relaxed) -> Link:
    places = ngettext("%(num)s place", "%(num)s places", count)
    return Link(
        _("%(change)s: %(places)s", change=_change(item.wish, item.search), places=places),
        address(item.search),
    )


def _change(wish: Amenity | str, search: Search) -> str:
    if isinstance(wish, Amenity):
        return _("Without «%(filter)s»", filter=labels.amenity_text(wish))
    changes = {
        "open": _("Closed ones too"),
        "kind": _("Any kind of place"),
        "island": _("Not only islands"),
        "bbox": _("Outside this area too"),
        "q": _("Without the words"),
        "language": _("Whatever language is spoken"),
        "all": _("All places, also without a baby corner"),
    }
    return changes[wish]
