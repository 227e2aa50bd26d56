"""The README prints each table of states as the code has it."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.bookings.rules import offers, status
from app.events.rules import occurrence, proposals, reviews
from app.places.rules import claims, hosting, reports
from app.spaces.rules import status as reservations
from tests.architecture.source import ROOT

TABLES: dict[str, Mapping[Any, frozenset[Any]]] = {
    "Occurrence": occurrence.ALLOWED_MOVES,
    "Booking": status.ALLOWED_MOVES,
    "Offer": offers.ALLOWED_MOVES,
    "Proposal": proposals.ALLOWED_MOVES,
    "Review": reviews.ALLOWED_MOVES,
    "Claim": claims.ALLOWED_MOVES,
    "Report": reports.ALLOWED_MOVES,
    "Invitation": hosting.ALLOWED_MOVES,
    "Reservation": reservations.ALLOWED_MOVES,
}


def markdown(moves: Mapping[Any, frozenset[Any]]) -> str:
    """A state, and the states that may follow it."""
    rows = (
        f"| `{state}` | {', '.join(f'`{one}`' for one in sorted(after)) or '–'} |"
        for state, after in moves.items()
    )
    return "\n".join(("| from | to |", "|---|---|", *rows))


@pytest.mark.parametrize("name", TABLES)
def test_the_readme_prints_the_table_that_the_code_uses(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert markdown(TABLES[name]) in readme, markdown(TABLES[name])
