"""How many reports are taken: each is a mail to each of those who look after the place, whichever form it came by."""

from app.core.asker import limit_asker
from app.core.limits import limit

PER_NETWORK = "20 per hour"
PER_BROWSER = "8 per hour"
PER_PLACE = "60 per day"


def limit_reports(place_id: str) -> None:
    """Count one report about a place (its public id), or raise TooManyRequests."""
    limit_asker("report", per_network=PER_NETWORK, per_browser=PER_BROWSER)
    limit(PER_PLACE, "report-place", place_id)
