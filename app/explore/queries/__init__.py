"""What finding asks of the database: places of a selection, their counts, pins, typed names, the backdrop."""
