"""Forms of those who look after a place: a photo with its words, and where it stands among the others."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.i18n import chosen_language
from app.core.local_text import LocalText
from app.core.text import clean_line
from app.core.translation import lazy_gettext as _l
from app.places.commands import AddPhoto
from app.places.rules.photos import MAX_ALT, MOST_BYTES, MOST_PHOTOS

# Named one by one, so that an iPhone hands out a JPEG where it keeps HEIC; the camera stays a choice.
ACCEPTED = "image/jpeg,image/png,image/webp"


def _words() -> StringField:
    return StringField(
        _l("What does it show?"),
        description=_l(
            "For parents who cannot see it: what is there and where, as you would say it on the phone. For example: "
            "changing table beside the washbasin, with a hook for the bag."
        ),
        filters=[lambda text: clean_line(text or "")],
        validators=[
            DataRequired(_l("Say in words what the photo shows")),
            Length(max=MAX_ALT, message=_l("Say it in at most %(num)s characters", num=MAX_ALT)),
        ],
    )


class PhotoForm(FlaskForm):
    """A file and what it shows in words."""

    photo = FileField(
        _l("Photo"),
        description=_l(
            "JPEG, PNG or WebP, up to 10 MB. Show the corner while nobody is in it: no faces, no children. "
            "We remove what a phone hides in its photos, such as the place and the hour."
        ),
        validators=[FileRequired(_l("Choose a photo"))],
        render_kw={"accept": ACCEPTED},
    )
    alt = _words()

    def command(self, place_id: int, person_id: int) -> AddPhoto:
        """What the form asks; of a file that is too heavy no more is read than shows that it is."""
        return AddPhoto(
            place_id=place_id,
            alt=_in_language_chosen(self.alt),
            data=self.photo.data.stream.read(MOST_BYTES + 1),
            person_id=person_id,
        )


class WordsForm(FlaskForm):
    """What a photo shows, said anew."""

    alt = _words()

    @property
    def words(self) -> LocalText:
        """The words in the language of the page; those in other languages stay."""
        return _in_language_chosen(self.alt)


def _in_language_chosen(field: StringField) -> LocalText:
    language = chosen_language()
    return LocalText.of(language, **{language: field.data or ""})


class PositionForm(FlaskForm):
    """Which place among the photos one shall have, counted from 0: the same sent twice is the same."""

    position = HiddenField(validators=[InputRequired()])

    @property
    def number(self) -> int | None:
        """None where it is no position."""
        text = str(self.position.data)
        known = {str(number): number for number in range(MOST_PHOTOS)}
        return known.get(text)
