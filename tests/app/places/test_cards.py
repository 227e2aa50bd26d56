"""Cards of places in a list, and the ways that lead there."""

from flask import Flask

from app.places.pages import place_cards
from app.places.rules.vocabulary import PlaceKind
from geo.point import Point
from tests.app.places.places import pharmacy, plain
from tests.app.places.test_pages import MONDAY, _monday, counted_queries, page_of, save

__all__ = ["_monday"]


def test_cards_come_in_the_order_asked_with_what_matters(app: Flask) -> None:
    first, second = save(
        app, pharmacy("1"), plain("2", name="Bar", kind=PlaceKind.CAFE, location=Point(lon=9.2, lat=45.4))
    )
    with app.test_request_context("/?lang=en"):
        cards = place_cards([second, first, 999_999], at=MONDAY).values()
    assert [card.name.value for card in cards] == ["Bar", "Farmacia del Prato"]
    bar, shop = cards
    assert (bar.kind, bar.kind_text, bar.confirmed_text, bar.amenities) == ("cafe", "Café", None, ())
    assert [chip.code for chip in shop.amenities] == ["changing_table"]
    assert (shop.is_island, shop.no_purchase_text) == (True, None)
    assert shop.confirmed_text == "Confirmed 13 days ago"


def test_no_cards_ask_nothing(app: Flask) -> None:
    with app.test_request_context("/"), counted_queries() as statements:
        assert place_cards([], at=MONDAY) == {}
    assert statements == []


def test_directions_tell_nobody_who_asks(app: Flask) -> None:
    """A destination and nothing else: no campaign, no referrer, no identifier of ours."""
    found = page_of(app, pharmacy(name="Bar (Nord) & Figli"), slug="bar-nord-figli")
    links = {link.text: link.url for link in found.directions}
    assert links == {
        "Directions": "https://www.openstreetmap.org/directions?to=45.450000%2C9.160000",
        "The map app of this phone": "geo:45.450000,9.160000?q=45.450000,9.160000(Bar%20%28Nord%29%20%26%20Figli)",
        "Apple Maps": "https://maps.apple.com/?daddr=45.450000,9.160000&dirflg=w",
        "Google Maps": "https://www.google.com/maps/dir/?api=1&destination=45.450000%2C9.160000&travelmode=walking",
    }
