"""What goes wrong with geometry, said in a sentence that can be shown."""


class GeometryError(ValueError):
    """A coordinate, box, polygon or file that cannot be used; its text says why."""


class SpatialEngineError(RuntimeError):
    """The machine lacks what the spatial database needs; its text names the package."""
