"""The home's parameters, as strictly as machines need them: one unknown or malformed is an error that names it."""

from collections.abc import Collection, Mapping, Sequence

from app.core.errors import MalformedParameter, UnknownParameter
from app.core.translation import gettext as _
from app.explore import home
from app.explore.labels import machine_problem
from app.explore.rules.search_parsing import Parsed

FILTERS = frozenset(("q", "amenity", "kind", "island", "open", "all", "language", "lang"))


def read(arguments: Mapping[str, Sequence[str]], known: Collection[str]) -> Parsed:
    """Read the parameters, or raise an error that names the one that is unknown or malformed."""
    for name in arguments:
        if name not in known:
            names = ", ".join(sorted(known))
            raise UnknownParameter(
                name, _("%(name)s is not known here; known: %(known)s.", name=name, known=names)
            )
    parsed = home.read(arguments)
    for fault in parsed.faults:
        raise MalformedParameter(fault.parameter, machine_problem(fault))
    return parsed
