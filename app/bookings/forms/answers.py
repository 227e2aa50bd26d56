"""What some events ask besides; fields that an event does not ask for are left out of its form."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.bookings.rules.ages import AgesNotReadable, read_ages
from app.bookings.rules.needs import MAX_NEEDS
from app.core.text import clean
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l


class AnswerFields(FlaskForm):
    """Ages of the children, and what the host should know."""

    ages = StringField(
        _l("How old are the children?"), description=_l("One for each, for example: 8 months, 3 years")
    )
    needs = TextAreaField(
        _l("What should we know? (optional)"),
        description=_l(
            "For example an allergy, a wheelchair, a language. We erase it 7 days after the date."
        ),
        filters=[lambda text: clean(text or "")],
        validators=[
            Length(max=MAX_NEEDS, message=_l("Say it in at most %(num)s characters", num=MAX_NEEDS)),
        ],
    )
    consent = BooleanField(_l("The people of the place may read this, to make us welcome"))

    def leave_out(self, *, ages: bool, needs: bool) -> None:
        """Ask only what the event asks."""
        if not ages:
            del self.ages
        if not needs:
            del self.needs
            del self.consent

    def validate_ages(self, field: Field) -> None:
        """Ages that can be read; whether there is one for each child is known with the party."""
        try:
            read_ages(field.data or "")
        except AgesNotReadable as error:
            raise ValidationError(
                gettext(
                    "“%(text)s” is no age: write months or years, for example 8 months, 3 years.",
                    text=error.details["text"],
                )
            ) from error

    def validate_consent(self, field: Field) -> None:
        """Nothing is kept that nobody agreed to."""
        if self.needs is not None and self.needs.data and not field.data:
            raise ValidationError(
                gettext("Tick the box if the people of the place may read it, or leave the text empty.")
            )

    def ages_in_months(self) -> tuple[int, ...]:
        """The answer; nothing where it is not asked."""
        return read_ages(self.ages.data or "") if self.ages is not None else ()

    def what_to_know(self) -> str:
        """The same of the words."""
        return str(self.needs.data or "") if self.needs is not None else ""

    def agrees(self) -> bool:
        """Whether the box is ticked."""
        return bool(self.consent is not None and self.consent.data)
