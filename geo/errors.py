"""What can be wrong with geometry, in a sentence."""


class GeometryError(ValueError):
    """Coordinates or shapes that cannot be; the message says what and why."""
