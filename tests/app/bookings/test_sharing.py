"""What is passed on is the public address: of an event, a date or a place, never the personal link of a booking."""

from urllib.parse import quote

from flask import Flask

from app.bookings import service
from app.bookings.commands import Book
from tests.app.events.factory import make_date
from tests.client import CheckingClient


def test_each_public_page_shares_its_own_address_and_a_booking_that_of_its_date(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        date = make_date()
        token = service.book(date.public_id, Book("Amira", "amira@example.org", 1, 1, "one", "it")).token
    public = f"/occurrences/{date.public_id}"
    shared = {
        public: public,
        f"/events/{date.event_slug}": f"/events/{date.event_slug}",
        f"/places/{date.place.slug}": f"/places/{date.place.slug}",
        f"/bookings/{token}": public,
    }
    for path, address in shared.items():
        html = client.get(f"{path}?lang=it").text
        absolute = f"http://localhost:8000{address}"
        assert f'data-share="{absolute}"' in html
        assert f'data-copy="{absolute}"' in html
        part = html[html.index("https://wa.me/") :].split('"', 1)[0]
        assert quote(absolute, safe="/") in part
        assert token not in part
