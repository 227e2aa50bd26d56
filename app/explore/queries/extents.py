"""How far what is stored reaches."""

from app.explore.queries.conditions import session
from app.places.models import Place
from app.territories.models import Territory
from geo.bbox import BBox
from geo.queries import extent


def of_data() -> list[BBox]:
    """The boxes of all published places and of all territories, as far as there are any."""
    boxes = (
        extent(session(), Place.location, where=[Place.is_published.is_(True)]),
        extent(session(), Territory.area),
    )
    return [box for box in boxes if box is not None]
