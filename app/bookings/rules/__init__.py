"""Pure rules of bookings."""
