"""Forms of bookings: a family books; the host at the door."""

from app.bookings.forms.booking import AskingForm, BookingForm
from app.bookings.forms.door import CheckInForm, MarkForm, WalkInForm
from app.bookings.forms.marks import read_marks, read_ticket

__all__ = ["AskingForm", "BookingForm", "CheckInForm", "MarkForm", "WalkInForm", "read_marks", "read_ticket"]
