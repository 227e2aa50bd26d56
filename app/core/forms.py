"""What forms of several features are made of: fields that explain themselves, a button, an e-mail address."""

from typing import Any

from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SubmitField, TimeField

from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l

YEARS = range(1900, 2101)


class DayField(DateField):
    """A day; what cannot be read is explained in the reader's language."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read 2026-11-26, as every browser sends it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Write the day like this: 2026-11-26.")) from error
        if self.data is not None and self.data.year not in YEARS:
            self.data = None  # further on it could not be put on the time line
            raise ValueError(gettext("Write the day like this: 2026-11-26."))


class HourField(TimeField):
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read 10:00."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Write the time like this: 10:00.")) from error


class WholeNumberField(IntegerField):
    """A whole number, or None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits; an empty field means no number."""
        self.data = None  # a field that was not sent is empty, not its preset
        try:
            super().process_formdata([text for text in valuelist if text.strip()])
        except ValueError as error:
            raise ValueError(gettext("Write a number, for example 8.")) from error


class ButtonForm(FlaskForm):
    """A form that is only a button and its CSRF token."""

    submit = SubmitField(_l("Continue"))


def read_address(text: str) -> ValidatedEmail:
    """What stands before the @ must be ASCII: few mail servers take more, and the mail holds the only link.

    Nothing is looked up. Raises EmailNotValidError.
    """
    return validate_email(
        text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False
    )


def address_fault(text: str) -> str | None:
    """What is wrong with an e-mail address and what to do: missing, unfinished or mistyped; None where it is right."""
    try:
        read_address(text)
    except EmailNotValidError:
        return _sentence_about(text.strip())
    return None


def _sentence_about(text: str) -> str:
    if not text:
        return gettext("Enter an email address, like name@example.com")
    before, at, after = text.partition("@")
    if not (before and at and after) or ("." not in after.strip(".") and "@" not in after):
        return gettext("This e-mail address is not complete: write all of it, like name@example.com")
    return gettext(
        "There is a mistake in this e-mail address: look for blanks, accents and odd signs. "
        "It should be like name@example.com"
    )
