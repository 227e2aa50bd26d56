"""Choose a time, say who you are."""

from datetime import datetime
from typing import Any

from flask import session
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.core import tokens
from app.core.forms import address_fault, read_address
from app.core.i18n import chosen_language
from app.core.mistyped import meant_address
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.spaces.commands import Reserve

MAX_NAME = 120
MAX_EMAIL = 254
MAX_PURPOSE = 300


class ReserveForm(FlaskForm):
    """The hidden key makes a double press one reservation. `purpose` is asked for rooms only."""

    start = RadioField(_l("When?"), validators=[InputRequired(_l("Choose a time"))], validate_choice=False)
    name = StringField(
        _l("Your name"),
        validators=[
            InputRequired(_l("Write your name")),
            Length(max=MAX_NAME, message=_l("Use a shorter name")),
        ],
    )
    email = EmailField(
        _l("E-mail"), validators=[InputRequired(_l("Enter an email address, like name@example.com"))]
    )
    purpose = StringField(
        _l("What for?"), validators=[Optional(), Length(max=MAX_PURPOSE, message=_l("Use fewer words"))]
    )
    email_sure = HiddenField()
    steps = HiddenField(default="1")
    idempotency_key = HiddenField(default=tokens.random_token)

    def __init__(self, *, asks_purpose: bool, **values: Any) -> None:
        super().__init__(**values)
        if not asks_purpose:
            del self.purpose

    def validate_name(self, field: Field) -> None:
        """Something that can be seen."""
        if not clean_line(str(field.data)):
            raise ValidationError(gettext("Write your name"))

    def validate_email(self, field: Field) -> None:
        """One address that mail can be sent to; what looks mistyped is asked about once."""
        text = str(field.data or "").strip()
        if len(text) > MAX_EMAIL:
            raise ValidationError(gettext("This e-mail address is too long"))
        if fault := address_fault(text):
            raise ValidationError(fault)
        meant = meant_address(text)
        if meant is not None and text != self.email_sure.data:
            self.email_sure.data = text
            raise ValidationError(
                gettext(
                    "Did you mean %(address)s? If yours is right, just press the button again.", address=meant
                )
            )

    def validate_start(self, field: Field) -> None:
        """A moment as the page wrote it; whether it is free is asked of the calendar."""
        if self.starts_at() is None:
            raise ValidationError(gettext("Choose a time"))

    def starts_at(self) -> datetime | None:
        """The chosen moment, aware; None where it is none."""
        try:
            moment = datetime.fromisoformat(str(self.start.data))
        except ValueError:
            return None
        return moment if moment.tzinfo is not None else None

    def command(self, steps: int) -> Reserve:
        """What the form asks, cleaned."""
        starts_at = self.starts_at()
        assert starts_at is not None  # validate_start
        browser = str(session.get("csrf_token", ""))
        return Reserve(
            starts_at=starts_at, steps=steps, name=clean_line(self.name.data),
            email=read_address(str(self.email.data)).normalized,
            purpose=clean_line(self.purpose.data or "") if self.purpose is not None else "",
            idempotency_key=f"{browser}:{self.idempotency_key.data or tokens.random_token()}",
            language=chosen_language(),
        )  # fmt: skip
