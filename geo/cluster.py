"""How pins become clusters: groups of `place.map_cell >> cluster_shift(zoom)`."""

from geo.mercator import MORTON_LEVEL

# More pins than these at once are gathered into clusters (interface.md, Map style).
MAX_PINS = 40
# A cluster's cell is a quarter of a tile wide: 64 screen pixels at a whole zoom, below 91 between two.
LEVELS_BELOW_TILE = 2


def cluster_level(zoom: int) -> int:
    """The level of the Morton cells that gather pins at a zoom, 0 to 24."""
    return max(0, min(MORTON_LEVEL, zoom + LEVELS_BELOW_TILE))


def cluster_shift(zoom: int) -> int:
    """How many bits of a level-24 Morton cell to drop so that a cell is 64 pixels wide on screen.

    >>> cluster_shift(14)
    16
    """
    return 2 * (MORTON_LEVEL - cluster_level(zoom))
