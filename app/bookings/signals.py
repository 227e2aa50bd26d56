"""What happened to bookings, told inside the transaction; subscribers only write rows."""

from blinker import Signal

booking_confirmed = Signal("keyword booking_id: a family has seats")
booking_waitlisted = Signal("keyword booking_id: a family waits for seats")
booking_cancelled = Signal("keyword booking_id: a family gave its seats, or its turn, back")
