"""The names under which feeds are kept."""

NETWORK = "network"


def of_place(place_id: int) -> str:
    """A place's feed.

    >>> of_place(7)
    'place:7'
    """
    return f"place:{place_id}"


def of_territory(territory_id: int) -> str:
    """A territory's feed."""
    return f"territory:{territory_id}"


def of_topic(topic: str) -> str:
    """A topic's feed."""
    return f"topic:{topic}"
