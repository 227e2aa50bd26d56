"""Forms of those who look after a place: publish and edit an event, change its dates."""

from app.events.forms.event import EventForm
from app.events.forms.when import WhenForm

__all__ = ["EventForm", "WhenForm"]
