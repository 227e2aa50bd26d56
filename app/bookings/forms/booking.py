"""The booking form: a name, an address, and who is coming."""

from typing import Any

from flask import session
from wtforms import BooleanField, EmailField, Field, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.bookings.commands import Book
from app.bookings.forms.answers import AnswerFields
from app.bookings.forms.party import ExtraFields, PartyFields
from app.bookings.labels import refusal
from app.bookings.rules.extras import check_extras
from app.bookings.rules.party import PartyNotPossible, check_party
from app.core import tokens
from app.core.forms import address_fault, read_address
from app.core.i18n import chosen_language
from app.core.mistyped import meant_address
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l

MAX_NAME = 120
MAX_EMAIL = 254
LINE_BREAKS = frozenset("\r\n\v\f\x85\u2028\u2029")


class BookingForm(PartyFields):
    """Three questions. The hidden key makes a double press one booking."""

    meant: str | None = None  # the address to offer, where the typed one is questioned

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
    # The address that was questioned and stays, and the one that was meant after all (the button beside the question).
    email_sure = HiddenField()
    email_meant = StringField()
    idempotency_key = HiddenField(default=tokens.random_token)
    another = BooleanField()
    waiting = BooleanField()

    def __init__(self, *, needs_email: bool = True, **values: Any) -> None:
        super().__init__(**values)
        if not needs_email:
            self.email.label.text = gettext("E-mail (optional)")
            self.email.description = gettext("Without an email address we cannot tell you about changes.")
            self.email.validators = [Optional()]
            self.email.flags.required = False

    def validate_name(self, field: Field) -> None:
        """One line with something in it."""
        if LINE_BREAKS & set(str(field.data)):
            raise ValidationError(gettext("Write your name on one line"))
        if not clean_line(str(field.data)):
            raise ValidationError(gettext("Write your name"))

    def validate_email(self, field: Field) -> None:
        """One address that mail can be sent to; nothing is looked up."""
        text = field.data or ""
        if LINE_BREAKS & set(text):
            raise ValidationError(gettext("Write the e-mail address on one line, like name@example.com"))
        if len(text) > MAX_EMAIL:
            raise ValidationError(gettext("This e-mail address is too long"))
        if fault := address_fault(text):
            raise ValidationError(fault)
        self._question(field)

    def _question(self, field: Field) -> None:
        """Ask once about an address that looks mistyped: nobody hears from us at a wrong one."""
        typed, meant = str(field.data).strip(), meant_address(str(field.data))
        if meant is not None and meant == self.email_meant.data:
            field.data = meant
            return
        if meant is None or typed == self.email_sure.data:
            return
        self.email_sure.data, self.meant = typed, meant
        raise ValidationError(
            gettext(
                "Did you mean %(address)s? If yours is right, just press the button again.", address=meant
            )
        )

    def say_what_is_wrong_with_the_party(self, max_party: int, age_from_months: int | None) -> None:
        """All faults in one round: the party's too, where the fields themselves could not be accepted."""
        if any(field.errors for field in (self.adults, self.children)):
            return
        try:
            check_party(self.party(), max_party, age_from_months)
            check_extras(self.party(), self.extras())
        except PartyNotPossible as error:
            self.adults.errors = [*self.adults.errors, refusal(error)]

    def command(self) -> Book:
        """What the form asks, cleaned."""
        email = read_address(str(self.email.data)).normalized if (self.email.data or "").strip() else None
        party = self.party()
        # The browser's own secret, which the CSRF check has just proved: the form's key is worth nothing elsewhere.
        browser = str(session.get("csrf_token", ""))
        return Book(
            name=clean_line(self.name.data),
            email=email,
            adults=party.adults,
            children=party.children,
            idempotency_key=f"{browser}:{self.idempotency_key.data or tokens.random_token()}",
            language=chosen_language(),
            browser_key=browser,
            is_another=bool(self.another.data),
            accepts_waiting=bool(self.waiting.data),
            **self.asked(),
        )


class AskingForm(BookingForm, ExtraFields, AnswerFields):
    """The same for an event that has to know more."""

    def __init__(self, *, ages: bool, needs: bool, **values: Any) -> None:
        super().__init__(**values)
        self.leave_out(ages=ages, needs=needs)

    def asked(self) -> dict[str, Any]:
        """What else comes along, ages, and what the host should know."""
        return super().asked() | {
            "ages": self.ages_in_months(),
            "needs": self.what_to_know(),
            "consents": self.agrees(),
        }
