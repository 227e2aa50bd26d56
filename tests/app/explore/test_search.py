"""What the home address says, and how it is written again."""

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.explore.rules.search import OpenAt, Search, Sort, View, ordered_amenities, ordered_kinds
from app.explore.rules.search_parsing import Reason, parse, within_horizon
from app.places.rules.vocabulary import Amenity, PlaceKind
from geo.bbox import BBox
from geo.point import Point

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
degrees = st.integers(-8_000_000, 8_000_000).map(lambda number: number / 100_000)

searches = st.builds(
    Search,
    amenities=st.sets(st.sampled_from(Amenity)).map(ordered_amenities),
    kinds=st.sets(st.sampled_from(PlaceKind)).map(ordered_kinds),
    island=st.booleans(),
    open=st.none() | st.just(OpenAt()) | st.builds(OpenAt, st.none() | st.just(date(2026, 11, 26)), st.just(time(10, 30))),
    near=st.none() | st.builds(Point, lon=degrees, lat=degrees),
    where=st.sampled_from(["", "piazza Napoli", "via d'Azeglio 3", "محطة", "a&b=c #?"]),
    bbox=st.none() | st.sampled_from([BBox(9.1, 45.4, 9.2, 45.5), BBox(179, -1, -179, 1), BBox(9, 45, 9, 45)]),
    everything=st.booleans(),
    sort=st.none() | st.sampled_from(Sort),
    view=st.sampled_from(View),
    page=st.integers(1, 500),
    q=st.sampled_from(["", "fiaba", "due parole"]),
)  # fmt: skip


@given(searches)
def test_a_written_search_reads_back_as_itself(search):
    parsed = parse(parse_qs(search.query(page=search.page)))
    assert parsed.faults == ()
    assert parsed.search == search


@given(
    st.dictionaries(
        st.sampled_from(["near", "bbox", "page", "open", "kind", "q", "sort", "all", "x"]),
        st.lists(st.text()),
    )
)
def test_nothing_typed_into_the_address_breaks_it(arguments):
    parsed = parse(arguments)
    assert len(parsed.faults) <= len(arguments)


@pytest.mark.parametrize(
    ("parameter", "value", "reason"),
    [
        ("bbox", "1,2,3", Reason.NOT_A_BBOX),
        ("bbox", "9,45,9.2,x", Reason.NOT_A_BBOX),
        ("bbox", "9,95,9.2,96", Reason.NOT_A_BBOX),
        ("bbox", "nan,45,9.2,46", Reason.NOT_A_BBOX),
        ("bbox", "9,46,9.2,45", Reason.NOT_A_BBOX),
        ("near", "91,9", Reason.NOT_A_POINT),
        ("near", "45.4", Reason.NOT_A_POINT),
        ("amenity", "sauna", Reason.UNKNOWN_AMENITY),
        ("kind", "volcano", Reason.UNKNOWN_KIND),
        ("page", "-1", Reason.NOT_A_PAGE),
        ("page", "0", Reason.NOT_A_PAGE),
        ("page", "٣", Reason.NOT_A_PAGE),
        ("open", "25:00", Reason.NOT_A_TIME),
        ("open", "2026-02-30T10:00", Reason.NOT_A_TIME),
        ("island", "yes", Reason.NOT_A_FLAG),
        ("sort", "beauty", Reason.UNKNOWN_SORT),
        ("view", "globe", Reason.UNKNOWN_VIEW),
        ("where", "a" * 201, Reason.TOO_LONG),
    ],
)
def test_a_malformed_parameter_is_named_and_the_others_hold(parameter, value, reason):
    parsed = parse({parameter: [value], "amenity": [*([value] if parameter == "amenity" else []), "toilets"]})
    assert [(fault.parameter, fault.reason) for fault in parsed.faults] == [(parameter, reason)]
    assert parsed.search.amenities == (Amenity.TOILETS,)


def test_forty_amenities_are_read_and_forty_one_refused():
    assert parse({"amenity": ["toilets", "water"] * 20}).search.amenities == (Amenity.WATER, Amenity.TOILETS)
    assert parse({"amenity": ["toilets"] * 41}).faults[0].reason is Reason.TOO_MANY


def test_unknown_parameters_and_empty_ones_are_ignored():
    assert parse({"utm_source": ["mail"], "where": [""], "bbox": [" "]}) == parse({})


def test_a_box_across_the_antimeridian_and_one_of_no_size_are_boxes():
    assert parse({"bbox": ["179,-1,-179,1"]}).search.bbox == BBox(179, -1, -179, 1)
    assert parse({"bbox": ["9.2,45.4,9.2,45.4"]}).faults == ()


def test_a_time_of_day_that_has_passed_means_tomorrow():
    assert OpenAt(at=time(11, 59)).moment(NOW, ROME) == NOW + timedelta(hours=23, minutes=59)
    assert OpenAt(at=time(12, 0)).moment(NOW, ROME) == NOW


def test_a_moment_beyond_the_known_hours_is_left_out_and_said():
    parsed = within_horizon(parse({"open": ["2027-06-01T10:00"]}), NOW, ROME)
    assert parsed.search.open is None
    assert parsed.faults[0].reason is Reason.BEYOND_HOURS
    assert within_horizon(parse({"open": ["2026-12-01T10:00"]}), NOW, ROME).faults == ()


def test_a_chip_switches_its_filter_and_goes_back_to_the_first_page():
    search = Search(amenities=(Amenity.WATER,), page=4)
    added = search.toggled(Amenity.TOILETS)
    assert (added.amenities, added.page) == ((Amenity.WATER, Amenity.TOILETS), 1)
    assert added.toggled(Amenity.TOILETS).amenities == search.amenities
    assert search.toggled(PlaceKind.CAFE).kinds == (PlaceKind.CAFE,)
