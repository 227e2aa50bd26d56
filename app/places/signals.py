"""What others may want to know about places; sent inside the transaction."""

from blinker import Signal

place_saved = Signal()
"""A place is new or changed: `place_id`."""

places_found = Signal()
"""The places of a new or changed territory are known: `territory_id`."""

facts_confirmed = Signal()
"""Facts of a place were confirmed or doubted, and nothing else of it changed: `place_id`."""
