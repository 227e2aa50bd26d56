"""Sentences of the home page, made from whole translated phrases with named blanks."""

from datetime import datetime, timedelta, tzinfo

from flask_babel import format_date

from app.core.phrasing import listed, number_text, side_by_side, time_text
from app.core.translation import gettext as _
from app.core.translation import ngettext, npgettext
from app.explore.labels import THINGS
from app.explore.rules.histogram import Counts
from app.explore.rules.search import Search
from app.places import labels
from app.places.rules.vocabulary import Amenity


def result(search: Search, counts: Counts, moment: datetime, now: datetime, zone: tzinfo) -> str:
    """«18 places with changing table · 6 open now»: how many, with what, of which kind, how many are open."""
    facts = [_number(search, counts.total)]
    if search.kinds:
        facts.append(listed([labels.kind_text(kind) for kind in search.kinds]))
    facts.append(_openness(search, counts, when(moment, now, zone)))
    return side_by_side(*facts)


def _openness(search: Search, counts: Counts, at: str) -> str:
    """«6 open now», «open now», «open at 08:00»: in Italian islands are feminine and places masculine."""
    if search.open is None:
        if search.island:
            return npgettext("of islands", "%(num)s open now", "%(num)s open now", counts.open)
        return npgettext("of places", "%(num)s open now", "%(num)s open now", counts.open)
    if search.open.is_now:
        if search.island:
            return npgettext("of islands", "open now", "open now", counts.total)
        return npgettext("of places", "open now", "open now", counts.total)
    if search.island:
        return npgettext("of islands", "open %(when)s", "open %(when)s", counts.total, when=at)
    return npgettext("of places", "open %(when)s", "open %(when)s", counts.total, when=at)


def _number(search: Search, total: int) -> str:
    if search.island:
        count = ngettext("%(num)s island", "%(num)s islands", total, num=number_text(total))
    else:
        count = ngettext("%(num)s place", "%(num)s places", total, num=number_text(total))
    if not search.amenities:
        return count
    return _("%(places)s with %(things)s", places=count, things=listed(_things(search.amenities)))


def _things(amenities: tuple[Amenity, ...]) -> list[str]:
    """A table for fathers too is a changing table: it is named once."""
    named = set(amenities)
    if Amenity.CHANGING_TABLE_FATHERS in named:
        named.discard(Amenity.CHANGING_TABLE)
    return [str(THINGS[amenity]) for amenity in amenities if amenity in named]


def when(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """«at 8:00», «tomorrow at 8:00», «on Monday at 8:00», in the place's time zone."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    time = time_text(moment, zone)
    if local.date() == today:
        return _("at %(time)s", time=time)
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(time)s", time=time)
    if local.date() < today + timedelta(days=7):
        return _("on %(day)s at %(time)s", day=format_date(local.date(), "EEEE"), time=time)
    return _("on %(day)s at %(time)s", day=format_date(local.date(), "d MMMM"), time=time)
