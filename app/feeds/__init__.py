"""Calendars that stay true: stored VEVENT bytes joined into feeds."""
