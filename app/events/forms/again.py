"""The form that holds an event once more: another day, or another place, where it is one series with the first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import HiddenField, SelectField

from app.core import tokens
from app.core.translation import lazy_gettext as _l
from app.events.commands import SaveEvent
from app.events.facts import EventView
from app.events.forms.edit import as_saved
from app.events.forms.when import RepeatForm
from app.events.rules.repeat import repeat_of
from app.places.queries import StaffPlace


class AgainForm(RepeatForm):
    """Where and when; everything else is as it was. Publishing again with the same key is publishing once."""

    place = SelectField(_l("Where?"))
    idempotency_key = HiddenField(default=tokens.random_token)

    def __init__(self, event: EventView, places: Sequence[StaffPlace], **values: Any) -> None:
        super().__init__(event.schedule.tzid, **values)
        self.event = event
        self.place.choices = [(place.public_id, place.name.value) for place in places]
        self._clocks = {place.public_id: place.tzid for place in places}

    def validate(self, extra_validators: Any = None) -> bool:
        """What lies ahead is asked of the clocks of the place where it is held."""
        self.tzid = self._clocks.get(str(self.place.data), self.tzid)
        return bool(super().validate(extra_validators))

    @classmethod
    def of(cls, event: EventView, places: Sequence[StaffPlace], day: date) -> "AgainForm":
        """Filled with the same place and hour; a series that ends goes on for as long."""
        first = event.schedule.starts_local
        repeat, until = repeat_of(event.schedule)
        rhythm = {"repeat": repeat.value, "until": day + (until - first.date())} if until else {}
        return cls(
            event, places, data={"place": event.place.public_id, "day": day, "hour": first.time(), **rhythm}
        )

    def command(self) -> SaveEvent:
        """The event as it shall be held; at another place it belongs to the same series (a tour)."""
        place_id, key = str(self.place.data), str(self.idempotency_key.data or tokens.random_token())
        own_key = tokens.token_hash(f"{self.event.public_id}\n{key}")
        return replace(
            as_saved(self.event), place_id=place_id, starts_local=self.starts_local, rrule=self.rrule(),
            rdates=self.rdates(), exdates=self.exdates(), source_key=f"form:{own_key}",
            is_published=True, series_of=None if place_id == self.event.place.public_id else self.event.public_id,
        )  # fmt: skip
