"""Name a topic in every language; merge it into another one."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length

from app.core.text import clean_line
from app.core.translation import lazy_gettext as _l
from app.events.queries.topics import TopicView
from app.events.rules.topics import ICONS, MAX_NAME
from app.events.topic_names import topic_name

LANGUAGES = ("it", "en", "ar")
_LENGTH = Length(max=MAX_NAME, message=_l("Say it in at most %(num)s characters", num=MAX_NAME))


def _name(label: str, *validators: object) -> StringField:
    return StringField(
        label, filters=[lambda text: clean_line(text or "")], validators=[*validators, _LENGTH]
    )


class TopicForm(FlaskForm):
    """Its names, Italian first, and its glyph."""

    it = _name("Italiano", DataRequired(_l("Give it a name")))
    en = _name("English")
    ar = _name("العربية")
    icon = SelectField(_l("Picture"), choices=[SelectChoice(one, one) for one in ICONS])

    @classmethod
    def of(cls, topic: TopicView) -> "TopicForm":
        """The form filled with the names as they are."""
        return cls(data={**topic.names.texts, "icon": topic.icon})

    def names(self) -> dict[str, str]:
        """By language."""
        return {language: str(self[language].data or "") for language in LANGUAGES}


class MergeForm(FlaskForm):
    """Which one takes its place."""

    into = SelectField(_l("Into which one?"))

    def __init__(self, others: Sequence[TopicView]) -> None:
        super().__init__()
        self.into.choices = [(topic.slug, topic_name(topic)) for topic in others]
