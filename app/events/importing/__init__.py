"""Calendars of others become events of a place: read, compared with what is known, saved, fetched again."""
