"""Cards of places in a list, and the ways that lead there."""

from flask import Flask

from app.places.pages import place_cards
from app.places.rules.vocabulary import PlaceKind
from geo.point import Point
from tests.app.places.places import pharmacy, plain
from tests.app.places.test_pages import MONDAY, _monday, counted_queries, save

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
