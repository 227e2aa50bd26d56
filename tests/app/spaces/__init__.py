"""Rooms and desks: rules, services, pages."""
