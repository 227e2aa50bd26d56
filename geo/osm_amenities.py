"""OpenStreetMap's tags and our amenities, both directions; what the tags do not say stays absent."""

from collections.abc import Mapping
from typing import Literal

Tags = Mapping[str, str]
State = Literal["yes", "no"]
Fact = tuple[State, str | None]


# Places of a changing table that a father can enter; a table only in the ladies' room he cannot.
_FATHERS_ENTER = frozenset(
    {"male_toilet", "unisex_toilet", "wheelchair_toilet", "dedicated_room", "room", "sales_area", "bench"}
)
_ONLY_MOTHERS = "female_toilet"
_YES = frozenset({"yes", "designated", "official", "public", "permissive", "customers", "limited", "room", "free", "indoor", "outdoor"})  # fmt: skip
# Ours -> the keys that say it, best first.
_SIMPLE_KEYS: dict[str, tuple[str, ...]] = {
    "baby_feeding": ("baby_feeding", "nursing_room", "breastfeeding"),
    "changing_table": ("changing_table", "diaper"),
    "play_area": ("kids_area", "playground"),
    "bottle_warmer": ("bottle_warmer",),
    "microwave": ("microwave",),
    "water": ("drinking_water",),
    "baby_scale": ("baby_scale",),
    "breast_pump_hire": ("breast_pump:rental",),
    "stroller": ("stroller",),
    "toilets": ("toilets",),
    "step_free": ("wheelchair",),
    "privacy": ("baby_feeding:privacy",),
}
# Those of them that OpenStreetMap documents; the others are read where mappers used them and never proposed.


def amenities(tags: Tags) -> dict[str, Fact]:
    """What the tags say of our amenities: code -> ("yes" or "no", detail or None); unknown stays absent.

    >>> amenities({"changing_table": "yes", "changing_table:location": "unisex_toilet"})[
    ...     "changing_table_fathers"
    ... ]
    ('yes', 'unisex_toilet')
    """
    facts = {
        code: fact for code, keys in _SIMPLE_KEYS.items() if (fact := _first_fact(tags, keys)) is not None
    }
    if tags.get("amenity") == "toilets":
        facts["toilets"] = ("yes", _access(tags, "access"))
    if tags.get("wheelchair") == "limited":
        # On the wiki "limited" is one step of at most 7 cm: not step-free.
        facts["step_free"] = ("no", "limited")
    if tags.get("baby_feeding") == "room" or tags.get("nursing_room") == "yes":
        facts.setdefault("privacy", ("yes", "room"))
    _add_location(tags, facts)
    _add_purchase(tags, facts)
    return facts


def _first_fact(tags: Tags, keys: tuple[str, ...]) -> Fact | None:
    """The first of the keys that says yes or no."""
    for key in keys:
        value = tags.get(key, "").strip().lower()
        if value == "no":
            return "no", None
        if value in _YES:
            return "yes", None if value == "yes" else value
    return None


def _access(tags: Tags, key: str) -> str | None:
    value = tags.get(key)
    return value if value not in {None, "yes"} else None


def _add_location(tags: Tags, facts: dict[str, Fact]) -> None:
    """Where the changing table is, and whether a father can go there."""
    stated = tags.get("changing_table:location") or tags.get("diaper:location") or ""
    locations = {part.strip() for part in stated.split(";") if part.strip()}
    if facts.get("changing_table", ("yes", None))[0] == "no":
        facts["changing_table_fathers"] = ("no", None)
        return
    if not locations:
        if tags.get("diaper:male") in {"yes", "no"}:
            facts["changing_table_fathers"] = ("yes" if tags["diaper:male"] == "yes" else "no", None)
        return
    facts["changing_table"] = ("yes", ";".join(sorted(locations)))
    if open_to_all := sorted(locations & _FATHERS_ENTER):
        facts["changing_table_fathers"] = ("yes", ";".join(open_to_all))
    elif locations == {_ONLY_MOTHERS}:
        facts["changing_table_fathers"] = ("no", _ONLY_MOTHERS)


def _add_purchase(tags: Tags, facts: dict[str, Fact]) -> None:
    """Public or customers only, as far as the corner itself is tagged."""
    access = {tags.get("changing_table:access"), tags.get("baby_feeding:access")} - {None}
    if "customers" in access or tags.get("changing_table:fee") == "yes":
        facts["no_purchase"] = ("no", "customers" if "customers" in access else "fee")
    elif access & {"yes", "public", "permissive"}:
        facts["no_purchase"] = ("yes", None)
