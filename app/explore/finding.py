"""Which places, how near, how many, and what a map shows: from columns in memory, or by SQL where places are very many.

Both give the same answers (tests ask both). The columns are read once a minute, and when a place is saved: 5,000
places take 20 ms and 2 MB. Above MAX_IN_MEMORY reading them so often would cost more than it spares.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from app.core import clock
from app.explore.queries import columns, listing, pins
from app.explore.queries.pins import Openness
from app.explore.remembered import COLUMNS, until_places_change
from app.explore.rules.atlas import Atlas, Mask, Rows
from app.explore.rules.histogram import Bar
from app.explore.rules.pins import Pin, apart, cluster_bytes, collection, pin_bytes
from app.explore.rules.search import Selection
from geo.bbox import BBox
from geo.cluster import MAX_PINS, cluster_shift
from geo.point import Point

MAX_IN_MEMORY = 50_000
MAX_FEATURES = 20_000  # 300 bytes each
MAX_MOMENTS = 32


@dataclass(frozen=True)
class Known:
    """The places of a minute: their columns, and the features that maps have asked for, ready with their openness."""

    atlas: Atlas
    openness: Openness
    features: dict[int, bytes] = field(default_factory=dict)
    open_masks: dict[datetime, Mask] = field(default_factory=dict)
    spoken: dict[str, Mask] = field(default_factory=dict)

    def open_at(self, moment: datetime) -> Mask:
        """Which rows are open at a moment; people ask for a few moments only, mostly for now."""
        mask = self.open_masks.get(moment)
        if mask is None:
            if len(self.open_masks) >= MAX_MOMENTS:
                self.open_masks.clear()
            mask = self.open_masks[moment] = self.atlas.mask_of(columns.open_ids(moment))
        return mask

    def speaking(self, code: str) -> Mask:
        """Which rows speak a language."""
        mask = self.spoken.get(code)
        if mask is None:
            speakers = until_places_change("speakers", columns.speakers, memory=COLUMNS)
            mask = self.spoken[code] = self.atlas.mask_of(speakers.get(code, ()))
        return mask

    def ready(self, place_ids: list[int]) -> list[bytes]:
        """Finished features of places, in the order asked for; unknown ones are read and kept."""
        features = self.features
        missing = [place_id for place_id in place_ids if place_id not in features]
        if missing:
            if len(features) + len(missing) > MAX_FEATURES:
                features = {place_id: features[place_id] for place_id in place_ids if place_id in features}
            of = self.openness.of
            for place_id, feature in columns.features(missing):
                features[place_id] = pin_bytes(Pin(feature, of(place_id)))
        return [features[place_id] for place_id in place_ids if place_id in features]


def this_minute() -> datetime:
    """The present minute (UTC): openings change at whole minutes, so answers hold for one."""
    return clock.now().replace(second=0, microsecond=0)


def on_map(selection: Selection, *, zoom: int, clustered: bool) -> bytes:
    """The FeatureCollection of a box: up to 40 pins, else clusters; `clustered=False`: up to 500 pins."""
    minute = this_minute()
    known = _known(minute)
    if known is None:
        found = pins.on_map(selection, _openness(minute), zoom=zoom, clustered=clustered)
        features = [*map(cluster_bytes, found.clusters), *map(pin_bytes, found.pins)]
        return collection(features, total=found.total, is_complete=found.is_complete)
    atlas, rows = known.atlas, _rows(known, selection)
    if clustered and len(rows) > MAX_PINS:
        groups = apart(atlas.grouped(rows, cluster_shift(zoom), MAX_PINS), zoom)
        rings = [cluster_bytes(group.as_cluster()) for group in groups if group.number > 1]
        alone = known.ready(sorted(group.first_id for group in groups if group.number == 1))
        return collection([*rings, *alone], total=len(rows), is_complete=True)
    shown = known.ready(atlas.ids[rows[: pins.MAX_ROWS]].tolist())
    return collection(shown, total=len(shown), is_complete=len(rows) <= pins.MAX_ROWS)


def nearest(
    selection: Selection, point: Point, *, total: int, offset: int, limit: int
) -> list[tuple[int, float]]:
    """(id, metres) of the selection's places in order of true distance, ties by id; `total`: how many there are."""
    known = _known(this_minute())
    if known is None:
        return listing.nearest(selection, point, total=total, offset=offset, limit=limit)
    return known.atlas.nearest(_rows(known, selection), point, offset + limit)[offset:]


def is_any_within(point: Point, metres: float) -> bool:
    """Whether any published place lies within a distance of a point."""
    known = _known(this_minute())
    if known is None:
        return listing.is_any_within(point, metres)
    atlas = known.atlas
    return any(distance <= metres for _id, distance in atlas.nearest(atlas.all_rows, point, 1))


def histogram(selection: Selection, moment: datetime) -> tuple[Bar, ...]:
    """Counts of the selection's places by amenities, kind, membership, and whether they are open at the moment."""
    known = _known(this_minute())
    if known is None:
        return listing.histogram(selection, moment)
    return known.atlas.histogram(_rows(known, selection), known.open_at(moment))


def languages(selection: Selection) -> list[tuple[str, int | None]]:
    """(code, at how many of the selection's places it is spoken), those of most places first; the selection's own
    language is not counted in. None where places are too many to count them for every chip.
    """
    codes = until_places_change("languages spoken", columns.languages_spoken)
    known = _known(this_minute())
    if known is None:
        return [(code, None) for code in codes]
    rows = _rows(known, replace(selection, language=""))
    return [(code, int(known.speaking(code)[rows].sum())) for code in codes]


def bounds(selection: Selection) -> BBox | None:
    """The box that holds all places of a selection."""
    known = _known(this_minute())
    return listing.bounds(selection) if known is None else known.atlas.extent(_rows(known, selection))


def _known(minute: datetime) -> Known | None:
    """What is remembered of all places, or None where there are too many."""

    def read() -> Known | None:
        if columns.number_of_places() > MAX_IN_MEMORY:
            return None
        return Known(columns.atlas(), _openness(minute))

    return until_places_change(("columns", minute), read, memory=COLUMNS)


def _openness(minute: datetime) -> Openness:
    return until_places_change(("openness", minute), lambda: pins.openness(minute), memory=COLUMNS)


def _rows(known: Known, selection: Selection) -> Rows:
    words, language = selection.words, selection.language
    return known.atlas.belonging(
        selection,
        is_open=known.open_at(selection.open_at) if selection.open_at else None,
        chosen=known.atlas.mask_of(columns.chosen_ids(words, language)) if words or language else None,
    )
