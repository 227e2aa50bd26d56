"""Propose a place that is not in the catalogue, in four fields."""

from wtforms import RadioField, SelectField, StringField, SubmitField
from wtforms.validators import DataRequired, Length

from app.core.forms import read_address
from app.core.i18n import chosen_language
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.explore.labels import WHERE_KINDS
from app.explore.rules.pasted import read_point
from app.explore.rules.where import Meant, Spot
from app.places.commands import ClaimPlace, ProposedPlace
from app.places.forms.hosting import WithAddress, email_field
from app.places.labels import kind_text
from app.places.rules.saving import LIMITS
from app.places.rules.vocabulary import PlaceKind
from geo.point import Point


def _line(label: object, missing: object, longest: int) -> StringField:
    return StringField(
        label,
        filters=[lambda text: clean_line(text or "")],
        validators=[
            DataRequired(missing),
            Length(max=longest, message=_l("Say it in at most %(num)s characters", num=longest)),
        ],
    )


class JoinForm(WithAddress):
    """Name, kind, address, where we may write; which spot, where the address means several."""

    name = _line(_l("Name of the place"), _l("Write the name of the place"), LIMITS["name"])
    kind = SelectField(_l("What is it?"), default=PlaceKind.SHOP.value)
    address = _line(_l("Street and number"), _l("Write street and number"), LIMITS["street_address"])
    email = email_field(_l("E-mail"))
    spot = RadioField(_l("Which of these?"), validate_choice=False)
    sure = SubmitField(_l("No, ours is another one"))

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = [(kind.value, kind_text(kind)) for kind in PlaceKind]
        self.spot.choices = []

    def location(self, meant: Meant) -> Point | None:
        """Where it is; None where the form has to ask again, and says so."""
        if meant.spot is not None:
            return meant.spot.point
        if not meant.choices:
            self.address.errors = [
                gettext("We do not find this address. Write a street and its number, or a stop nearby.")
            ]
            return None
        offered = {_written(one): one.point for one in meant.choices}
        self.spot.choices = [
            (_written(one), f"{one.name} ({WHERE_KINDS[one.kind]})") for one in meant.choices
        ]
        chosen = offered.get(self.spot.data or "")
        if chosen is None:
            self.spot.errors = [gettext("Several are called so: choose one.")]
        return chosen

    def place(self, location: Point) -> ProposedPlace:
        """The place as it is described; a pasted point is no address."""
        typed = str(self.address.data)
        return ProposedPlace(
            str(self.name.data), PlaceKind(self.kind.data), "" if read_point(typed) else typed, location
        )

    def claim(self) -> ClaimPlace:
        """Who proposes it."""
        email = read_address(str(self.email.data)).normalized.lower()
        return ClaimPlace(email, "", "", chosen_language())


def _written(spot: Spot) -> str:
    point = spot.point.rounded()
    return f"{point.lat},{point.lon}"
