"""OpenStreetMap's tags and our words: both ways, nothing guessed."""

import pytest

from geo.osm import Address, Contacts, Fact, address, amenities, contacts, languages, place_kind


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "pharmacy"}, "pharmacy"),
        ({"shop": "books"}, "bookshop"),
        ({"shop": "books", "amenity": "cafe"}, "bookshop"),
        ({"amenity": "cafe"}, "cafe"),
        ({"shop": "toys"}, "shop"),
        ({"shop": "vacant"}, "other"),
        ({"amenity": "clinic"}, "medical"),
        ({"amenity": "doctors"}, "medical"),
        ({"healthcare": "midwife"}, "advice_centre"),
        ({"amenity": "social_facility", "social_facility": "outreach"}, "advice_centre"),
        ({"amenity": "clinic", "name": "Consultorio familiare di zona"}, "advice_centre"),
        ({"amenity": "library"}, "library"),
        ({"office": "association"}, "association"),
        ({"office": "ngo"}, "association"),
        ({"amenity": "community_centre"}, "community_space"),
        ({"amenity": "social_centre"}, "community_space"),
        ({"amenity": "townhall"}, "public_service"),
        ({"amenity": "toilets"}, "public_service"),
        ({"amenity": "post_office"}, "public_service"),
        ({"amenity": "restaurant"}, "other"),
        ({"tourism": "museum"}, "other"),
        ({"building": "yes", "changing_table": "yes"}, "other"),
        ({"highway": "residential", "name": "Via del Consultorio"}, None),
        ({"building": "yes"}, None),
        ({"amenity": "bench"}, None),
        ({"tourism": "no"}, None),
        ({}, None),
    ],
)
def test_kinds(tags: dict[str, str], kind: str | None) -> None:
    assert place_kind(tags) == kind


@pytest.mark.parametrize(
    ("tags", "facts"),
    [
        ({}, {}),
        ({"amenity": "cafe"}, {}),
        ({"changing_table": "yes"}, {"changing_table": ("yes", None)}),
        ({"changing_table": "no"}, {"changing_table": ("no", None), "changing_table_fathers": ("no", None)}),
        ({"changing_table": "unknown"}, {}),
        ({"changing_table": "limited"}, {"changing_table": ("yes", "limited")}),
        (
            {"changing_table": "yes", "changing_table:location": "male_toilet;female_toilet"},
            {
                "changing_table": ("yes", "female_toilet;male_toilet"),
                "changing_table_fathers": ("yes", "male_toilet"),
            },
        ),
        (
            {"changing_table": "yes", "changing_table:location": "female_toilet"},
            {
                "changing_table": ("yes", "female_toilet"),
                "changing_table_fathers": ("no", "female_toilet"),
            },
        ),
        (
            {"changing_table": "yes", "changing_table:location": "somewhere"},
            {"changing_table": ("yes", "somewhere")},
        ),
        (
            {"diaper": "yes", "diaper:male": "yes"},
            {"changing_table": ("yes", None), "changing_table_fathers": ("yes", None)},
        ),
        (
            {"diaper": "yes", "diaper:male": "no"},
            {"changing_table": ("yes", None), "changing_table_fathers": ("no", None)},
        ),
        ({"baby_feeding": "room"}, {"baby_feeding": ("yes", "room"), "privacy": ("yes", "room")}),
        ({"baby_feeding": "yes"}, {"baby_feeding": ("yes", None)}),
        ({"nursing_room": "odd"}, {}),
        ({"nursing_room": "yes"}, {"baby_feeding": ("yes", None), "privacy": ("yes", "room")}),
        ({"kids_area": "indoor"}, {"play_area": ("yes", "indoor")}),
        ({"wheelchair": "yes"}, {"step_free": ("yes", None)}),
        ({"wheelchair": "designated"}, {"step_free": ("yes", "designated")}),
        ({"wheelchair": "limited"}, {"step_free": ("no", "limited")}),
        ({"wheelchair": "no"}, {"step_free": ("no", None)}),
        ({"stroller": "yes"}, {"stroller": ("yes", None)}),
        ({"toilets": "yes"}, {"toilets": ("yes", None)}),
        ({"amenity": "toilets", "access": "customers"}, {"toilets": ("yes", "customers")}),
        ({"drinking_water": "yes"}, {"water": ("yes", None)}),
        (
            {"changing_table": "yes", "changing_table:access": "customers"},
            {"changing_table": ("yes", None), "no_purchase": ("no", "customers")},
        ),
        (
            {"changing_table": "yes", "changing_table:access": "yes"},
            {"changing_table": ("yes", None), "no_purchase": ("yes", None)},
        ),
        ({"changing_table:fee": "yes"}, {"no_purchase": ("no", "fee")}),
    ],
)
def test_amenities_say_what_the_tags_say_and_no_more(tags: dict[str, str], facts: dict[str, Fact]) -> None:
    assert amenities(tags) == facts


def test_addresses_as_they_are_written_there() -> None:
    tags = {
        "addr:street": "Via Don Bosco",
        "addr:housenumber": "7",
        "addr:postcode": "20139",
        "addr:city": "Milano",
        "addr:country": "it",
    }
    assert address(tags) == Address("Via Don Bosco 7", "20139", "Milano", "IT")
    assert address({"addr:housenumber": "7"}) == Address()
    assert address({"addr:place": "Cascina Cuccagna"}).street == "Cascina Cuccagna"


def test_contacts_with_and_without_their_prefix() -> None:
    tags = {"phone": "+39 02 1; +39 02 2", "contact:email": "a@example.org", "website": "https://example.org"}
    assert contacts(tags) == Contacts("+39 02 1", "a@example.org", "https://example.org")


def test_languages_that_are_spoken() -> None:
    assert languages({"language:it": "main", "language:ar": "yes", "language:en": "no"}) == ["ar", "it"]
