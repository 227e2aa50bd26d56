"""How typed words become a point on the map."""

from enum import StrEnum


class GazetteerKind(StrEnum):
    """What an operator can import."""

    STREET = "street"
    STOP = "stop"
    POSTCODE = "postcode"
    ADDRESS = "address"
