"""The way to a place is handed to another map with nothing of whoever asks."""

from flask import Flask

from app.places.directions import direction_links
from geo.point import Point


def test_directions_tell_nobody_who_asks(app: Flask) -> None:
    """A destination and nothing else: no campaign, no referrer, no identifier of ours."""
    with app.test_request_context("/?lang=en"):
        links = direction_links(Point(lon=9.16, lat=45.45), "Bar (Nord) & Figli")
    assert {link.text: link.url for link in links} == {
        "Directions": "https://www.openstreetmap.org/directions?to=45.450000%2C9.160000",
        "The map app of this phone": "geo:45.450000,9.160000?q=45.450000,9.160000(Bar%20%28Nord%29%20%26%20Figli)",
        "Apple Maps": "https://maps.apple.com/?daddr=45.450000,9.160000&dirflg=w",
        "Google Maps": "https://www.google.com/maps/dir/?api=1&destination=45.450000%2C9.160000&travelmode=walking",
    }
