"""Forms of bookings: a family books; the host at the door."""

from app.bookings.forms.booking import BookingForm
from app.bookings.forms.door import CheckInForm, MarkForm, WalkInForm
from app.bookings.forms.marks import read_marks, read_ticket

__all__ = ["BookingForm", "CheckInForm", "MarkForm", "WalkInForm", "read_marks", "read_ticket"]
