"""What others may want to know about territories; sent inside the transaction."""

from blinker import Signal

territory_saved = Signal()
"""A territory is new or its area changed: `territory_id`."""
