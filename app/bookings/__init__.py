"""Bookings: seats, fairly."""
