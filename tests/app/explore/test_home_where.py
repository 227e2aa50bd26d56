"""What is typed on the first screen says where one is, or is explained; on both engines."""

import re
from urllib.parse import parse_qs, urlsplit

from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.search_parsing import parse
from app.places.rules.vocabulary import Amenity
from geo.point import Point
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI
from tests.app.explore.test_home import get, listed, noon, page_for, public_ids

__all__ = ["noon"]


def test_a_street_a_stop_or_coordinates_say_where_one_is(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI))
        factory.name("Viale Zara", Point(lon=9.19, lat=45.49))
        factory.name("Zara", Point(lon=9.1926, lat=45.4926), GazetteerKind.STOP)
        factory.name("20144", Point(lon=9.16, lat=45.45), GazetteerKind.POSTCODE)
        factory.name("Viale Zara, 129 prima di Via Laurana", Point(lon=9.2, lat=45.5), GazetteerKind.STOP)
    assert page_for(app, where="V.LE ZARA 12").near_text == "near Viale Zara"
    assert page_for(app, where="viale zara 129").near_text == "near Viale Zara, 129 prima di Via Laurana"
    assert page_for(app, where="zara").near_text == "near Zara"
    assert page_for(app, where="CAP 20144").near_text == "near 20144"
    assert page_for(app, where="20144").near_text == "near 20144"
    assert page_for(app, where="45.45, 9.16").map.here == "45.45000,9.16000"


def test_words_that_nobody_knows_stay_typed_and_are_explained(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    html = get(client, where="via che <b>non</b> c'è")
    assert len(listed(html)) == 1
    assert "We did not find" in html
    assert "<b>non</b>" not in html
    assert page_for(app, where="via che non c'è").where == "via che non c'è"


def test_ambiguous_words_are_offered_as_choices_that_keep_the_filters(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI))
        factory.name("Via Giovanni Cimabue", Point(lon=9.14, lat=45.48))
        factory.name("Via Elena Cimabue", Point(lon=9.24, lat=45.44))
    shown = page_for(app, where="cimabue", open="now")
    assert [choice.text for choice in shown.choices] == [
        "Via Elena Cimabue (street)",
        "Via Giovanni Cimabue (street)",
    ]
    chosen = parse(parse_qs(urlsplit(shown.choices[0].url).query)).search
    assert (chosen.where, str(chosen.open)) == ("Via Elena Cimabue", "now")
    assert (
        page_for(app, where=chosen.where, near=f"{chosen.near.lat},{chosen.near.lon}").near_text
        == "near Via Elena Cimabue"
    )
    assert "Which one do you mean" in get(client, where="cimabue")


def test_places_where_a_language_is_spoken(app, client):
    with app.app_context():
        arabic = factory.place(NAPOLI)
        arabic.languages = ["it", "ar"]
        ids = factory.store(arabic, factory.place(NAPOLI))
    html = get(client, language="ar")
    assert listed(html) == public_ids(app, ids[:1])
    assert 'data-filter="language-ar" aria-current="true"' in html
    assert re.search(r'data-filter="language-it"', html)
    assert "short code" in get(client, status=400, language="<b>arabic")
    assert len(listed(get(client, language="uk"))) == 0


def test_languages_say_at_how_many_of_the_places_they_are_spoken(app):
    with app.app_context():
        spoken: tuple[list[str], ...] = (["it", "ar"], ["it", "ar"], ["it"], [])
        toilets = (*factory.FEEDING, Amenity.TOILETS)
        made = [
            factory.place(NAPOLI, amenities=toilets if number else factory.FEEDING) for number in range(4)
        ]
        for place, codes in zip(made, spoken, strict=True):
            place.languages = codes
        factory.store(*made)
    for asked, expected in (({}, {"it": 3, "ar": 2}), ({"amenity": "toilets"}, {"it": 2, "ar": 1})):
        for chosen in ({}, {"language": "ar"}):
            shown = page_for(app, **asked, **chosen)
            counts = {chip.code.removeprefix("language-"): chip.count for chip in shown.language_chips}
            assert counts == expected
            filtered = page_for(app, **asked, language="ar")
            assert len(filtered.cards) == expected["ar"]


def test_where_nothing_fits_the_nearest_place_is_named(app, client):
    with app.app_context():
        far = factory.place(Point(lon=9.25, lat=45.5), name="Lontano")
        factory.store(factory.place(NAPOLI, name="Vicino"), far)
    shown = page_for(app, near="45.4523,9.1519", amenity="microwave")
    assert shown.empty.suggestions[0].text.startswith("The nearest place: Vicino, ")
    assert shown.empty.suggestions[0].url.startswith("/places/")
    assert not any("nearest" in one.text for one in page_for(app, amenity="microwave").empty.suggestions)
