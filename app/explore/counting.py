"""Histograms remembered: one question a minute for each area and words, however many filters are tried."""

from datetime import datetime

from app.explore import finding
from app.explore.remembered import until_places_change
from app.explore.rules.histogram import Bar, Counts, count
from app.explore.rules.search import Selection


def bars_for(selection: Selection, moment: datetime) -> tuple[Bar, ...]:
    """The histogram behind all counts of this area and these words; `moment` is a whole minute."""
    area = selection.unfiltered()
    return until_places_change(("histogram", area, moment), lambda: finding.histogram(area, moment))


def counts_for(selection: Selection, moment: datetime) -> Counts:
    """All numbers on the page for a selection."""
    return until_places_change(
        ("counts", selection, moment), lambda: count(bars_for(selection, moment), selection)
    )
