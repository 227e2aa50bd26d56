"""Addresses of calendars, and the page that offers them."""
