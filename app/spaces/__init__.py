"""Rooms and desks: a hall by the hour, an advice desk by short slots. Never the feeding corner, which is free to all."""
