"""What a host says of a space: what it is, when it is open, how it is reserved."""

from datetime import time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import HourField, WholeNumberField
from app.core.i18n import chosen_language
from app.core.local_text import LocalText
from app.core.phrasing import locale_in_force, opening_a_line
from app.core.text import clean_line
from app.core.translation import gettext, ngettext
from app.core.translation import lazy_gettext as _l
from app.places.rules.weekly_hours import WeeklyHours, read, written
from app.spaces.commands import SaveSpace
from app.spaces.labels import kind_text
from app.spaces.queries import SpaceView
from app.spaces.rules.slots import is_cut_possible
from app.spaces.rules.status import SLOT_MINUTES, SpaceKind

LENGTHS = sorted({minutes for choices in SLOT_MINUTES.values() for minutes in choices})
BUFFERS = (0, 5, 10, 15, 30, 60)
NOTICES = (0, 2, 12, 24, 48, 72)
WORK_DAYS = ["0", "1", "2", "3", "4"]


class SpaceForm(FlaskForm):
    """A room or a desk."""

    kind = SelectField(_l("What is it?"), default=SpaceKind.HALL.value)
    name = StringField(
        _l("What is it called?"),
        validators=[InputRequired(_l("Give it a name")), Length(max=80, message=_l("Use a shorter name"))],
    )
    description = TextAreaField(
        _l("What should one know?"), validators=[Length(max=1_000, message=_l("Use fewer words"))]
    )
    seats = WholeNumberField(
        _l("For how many people?"),
        default=10,
        validators=[
            InputRequired(_l("Write a number")),
            NumberRange(1, 1_000, _l("Write a number between 1 and 1,000")),
        ],
    )
    slot_minutes = SelectField(_l("How long is one time?"), coerce=int, default=60)
    days = SelectMultipleField(
        _l("On which days?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        default=WORK_DAYS,
    )
    opens = HourField(_l("From"), default=time(9), validators=[InputRequired(_l("Write when it opens"))])
    closes = HourField(_l("To"), default=time(18), validators=[InputRequired(_l("Write when it closes"))])
    everybody_from = HourField(_l("For everybody from"), validators=[Optional()])
    everybody_to = HourField(_l("For everybody to"), validators=[Optional()])
    buffer_minutes = SelectField(_l("How long free after each use?"), coerce=int, default=0)
    notice_hours = SelectField(_l("How long before at the latest?"), coerce=int, default=0)
    window_days = WholeNumberField(
        _l("How many days ahead?"),
        default=60,
        validators=[
            InputRequired(_l("Write a number")),
            NumberRange(1, 365, _l("Write a number between 1 and 365")),
        ],
    )
    max_per_week = WholeNumberField(
        _l("How many times a week for one person?"),
        default=2,
        validators=[
            InputRequired(_l("Write a number")),
            NumberRange(1, 50, _l("Write a number between 1 and 50")),
        ],
    )
    needs_approval = BooleanField(_l("Somebody answers each request"))
    is_published = BooleanField(_l("Show it on the page of the place"), default=True)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        names = locale_in_force().days["format"]["wide"]
        self.days.choices = [(str(number), opening_a_line(names[number])) for number in range(7)]
        self.kind.choices = [(kind.value, kind_text(kind)) for kind in SpaceKind]
        self.slot_minutes.choices = [(one, gettext("%(num)s minutes", num=one)) for one in LENGTHS]
        self.buffer_minutes.choices = [(one, gettext("%(num)s minutes", num=one)) for one in BUFFERS]
        self.notice_hours.choices = [(0, gettext("At once"))] + [
            (one, ngettext("%(num)s hour before", "%(num)s hours before", one)) for one in NOTICES[1:]
        ]

    @classmethod
    def of(cls, space: SpaceView) -> "SpaceForm":
        """The form filled with what the space is now."""
        hours, everybody = _spans(space.opening_hours), _spans(space.community_hours)
        own = {name: getattr(space, name) for name in (
            "seats", "slot_minutes", "buffer_minutes", "notice_hours", "window_days", "max_per_week",
            "needs_approval", "is_published",
        )}  # fmt: skip
        language = chosen_language()
        return cls(data=own | {
            "kind": space.kind.value, "name": space.name.within(language).value,
            "description": space.description.within(language).value if space.description else "",
            "days": hours[0], "opens": hours[1], "closes": hours[2], "everybody_from": everybody[1],
            "everybody_to": everybody[2],
        })  # fmt: skip

    def validate_days(self, field: Field) -> None:
        """Closed every day is no space."""
        if not field.data:
            raise ValidationError(gettext("Choose at least one day"))

    def validate_closes(self, field: Field) -> None:
        """It closes after it opens."""
        if (
            isinstance(self.opens.data, time)
            and isinstance(field.data, time)
            and field.data <= self.opens.data
        ):
            raise ValidationError(gettext("It must close after it opens."))

    def validate_everybody_from(self, field: Field) -> None:
        """Both hours, or neither."""
        _check_both(self.everybody_from, self.everybody_to)

    def validate_everybody_to(self, field: Field) -> None:
        """The same: the empty one of the two is not asked."""
        _check_both(self.everybody_from, self.everybody_to)

    def validate_slot_minutes(self, field: Field) -> None:
        """A desk gives 15 to 60 minutes, a room half an hour or an hour."""
        if not is_cut_possible(SpaceKind(self.kind.data), field.data):
            raise ValidationError(gettext("A room is reserved by 30 or 60 minutes: choose one of these."))

    def command(self, space: SpaceView | None = None) -> SaveSpace:
        """What the form asks; words keep their other languages."""
        hours = _kept(space.opening_hours if space else "", self.days.data, self.opens.data, self.closes.data)
        everybody = _kept(
            space.community_hours if space else "",
            self.days.data,
            self.everybody_from.data,
            self.everybody_to.data,
        )
        return SaveSpace(
            kind=SpaceKind(self.kind.data), name=_edited(space.name if space else None, clean_line(self.name.data)),
            description=_edited(space.description if space else None, self.description.data or "") or None,
            seats=self.seats.data, slot_minutes=self.slot_minutes.data,
            opening_hours=hours, community_hours=everybody,
            buffer_minutes=self.buffer_minutes.data, notice_hours=self.notice_hours.data,
            window_days=self.window_days.data, max_per_week=self.max_per_week.data,
            needs_approval=bool(self.needs_approval.data), is_published=bool(self.is_published.data),
        )  # fmt: skip


def _check_both(one: Field, other: Field) -> None:
    if (one.data is None) != (other.data is None):
        raise ValidationError(gettext("Write both hours, or neither."))


def _kept(old: str, days: list[str], opens: time | None, closes: time | None) -> str:
    """Hours that say more than the form can show stay as they are until somebody changes what it shows."""
    if opens is None or closes is None:
        return ""
    is_same = old and (sorted(days), opens, closes) == _spans(old)
    return old if is_same else _hours(frozenset(map(int, days)), opens, closes)


def _hours(days: frozenset[int], opens: time, closes: time) -> str:
    week = tuple(((opens, closes),) if number in days else () for number in range(7))
    return written(WeeklyHours(days=week))


def _spans(text: str) -> tuple[list[str], time | None, time | None]:
    """Days and hours of a text that this form wrote."""
    hours = read(text) if text else None
    if hours is None or hours.is_empty:
        return [], None, None
    open_days = [str(number) for number, spans in enumerate(hours.days) if spans]
    first = hours.days[int(open_days[0])]
    return open_days, first[0][0], first[-1][1]


def _edited(old: LocalText | None, text: str) -> LocalText:
    language = chosen_language()
    return (old or LocalText(language)).edited(language, text)
