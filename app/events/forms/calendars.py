"""Take in a calendar of others: its address, or a file."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import Length

from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.labels import kind_text
from app.events.rules.vocabulary import EventKind

MAX_ADDRESS = 500


class CalendarForm(FlaskForm):
    """One of the two, and what its events are."""

    address = StringField(
        _l("Address of the calendar"),
        description=_l("As Google, Outlook or Nextcloud give it to subscribe: it often ends in .ics."),
        filters=[lambda text: (text or "").strip()],
        validators=[Length(max=MAX_ADDRESS, message=_l("This address is too long"))],
    )
    file = FileField(_l("Or a file"), render_kw={"accept": ".ics,text/calendar"})
    kind = SelectField(_l("What are its events?"), default=EventKind.WORKSHOP.value)

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = [(kind.value, kind_text(kind)) for kind in EventKind]

    def validate(self, extra_validators: object = None) -> bool:
        """An address or a file."""
        is_valid = bool(super().validate())
        if not self.address.data and not self.file.data:
            self.address.errors = [gettext("Paste an address, or choose a file")]
            return False
        return is_valid

    def content(self, most_bytes: int) -> bytes:
        """Of a file that is too large no more is read than shows that it is."""
        return bytes(self.file.data.stream.read(most_bytes + 1))
