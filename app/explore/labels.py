"""The words of finding in the interface's languages: orders, kinds of typed places, parameters left out."""

from flask_babel import LazyString

from app.core.translation import gettext as _
from app.core.translation import lazy_gettext as _l
from app.explore.rules.search import Sort
from app.explore.rules.search_parsing import MAX_CHOICES, MAX_PAGE, Fault, Reason
from app.explore.rules.where import WhereKind
from app.places.rules.vocabulary import Amenity

SORTS: dict[Sort, LazyString] = {
    Sort.DISTANCE: _l("nearest first"),
    Sort.OPEN: _l("open ones first, then the latest confirmed"),
    Sort.CONFIRMED: _l("latest confirmed first"),
    Sort.NAME: _l("by name"),
}
WHERE_KINDS: dict[WhereKind, LazyString] = {
    WhereKind.STOP: _l("stop"),
    WhereKind.STREET: _l("street"),
    WhereKind.POSTCODE: _l("postcode"),
    WhereKind.NEIGHBOURHOOD: _l("neighbourhood"),
    WhereKind.ADDRESS: _l("address"),
    WhereKind.POINT: _l("point on the map"),
}
# Inside "18 places with …".
THINGS: dict[Amenity, LazyString] = {
    Amenity.BABY_FEEDING: _l("room to feed a baby"),
    Amenity.CHANGING_TABLE: _l("a changing table"),
    Amenity.CHANGING_TABLE_FATHERS: _l("a changing table for fathers too"),
    Amenity.PLAY_AREA: _l("a play corner"),
    Amenity.BOTTLE_WARMER: _l("a bottle warmer"),
    Amenity.MICROWAVE: _l("a microwave"),
    Amenity.WATER: _l("drinking water"),
    Amenity.BABY_SCALE: _l("a baby scale"),
    Amenity.BREAST_PUMP_HIRE: _l("breast pump hire"),
    Amenity.STROLLER: _l("room for a pushchair"),
    Amenity.TOILETS: _l("a toilet"),
    Amenity.STEP_FREE: _l("step-free access"),
    Amenity.PRIVACY: _l("a private corner"),
    Amenity.NO_PURCHASE: _l("no need to buy anything"),
}
_REASONS: dict[Reason, LazyString] = {
    Reason.UNKNOWN_AMENITY: _l("We do not know the filter «%(value)s», so the list is without it."),
    Reason.UNKNOWN_KIND: _l("We do not know the kind of place «%(value)s», so the list is without it."),
    Reason.TOO_MANY: _l("At most %(most)s filters of one sort go together, so the list is without them."),
    Reason.TOO_LONG: _l("What you typed is too long: a few words are enough."),
    Reason.NOT_A_FLAG: _l(
        "«%(name)s» in the address can be 1 or 0, not «%(value)s»; the list is without it."
    ),
    Reason.NOT_A_TIME: _l(
        "We cannot read the time «%(value)s». Write it as 10:30 or 2026-11-26T10:30; the list is without it."
    ),
    Reason.BEYOND_HOURS: _l(
        "We know the opening hours of the next two weeks only; the list is without a time."
    ),
    Reason.NOT_A_POINT: _l(
        "«%(value)s» is not a point of the map. Write latitude and longitude, such as 45.46,9.19."
    ),
    Reason.NOT_A_BBOX: _l(
        "«%(value)s» is not an area of the map. It needs west, south, east and north, such as 9.1,45.4,9.2,45.5."
    ),
    Reason.UNKNOWN_SORT: _l("We do not know the order «%(value)s», so the list has its usual one."),
    Reason.UNKNOWN_VIEW: _l("We do not know the view «%(value)s», so here is the list."),
    Reason.NOT_A_LANGUAGE: _l(
        "Write the language as a short code, such as it or ar; the list is without it."
    ),
    Reason.NOT_A_PAGE: _l("The page must be a number between 1 and %(most)s; here is the first one."),
}


def problem(fault: Fault) -> str:
    """The sentence about a parameter that was left out."""
    most = MAX_PAGE if fault.reason is Reason.NOT_A_PAGE else MAX_CHOICES
    return str(_REASONS[fault.reason]) % {"name": fault.parameter, "value": fault.value, "most": most}


def machine_problem(fault: Fault) -> str:
    """The sentence for programs: it names the parameter."""
    return _("%(name)s: this value cannot be used: %(value)s", name=fault.parameter, value=fault.value)
