"""What an import is told, and what it gives back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.core.ids import slugify
from app.places.commands import SavePlace
from app.places.rules.vocabulary import PlaceKind

OSM_SOURCE = "osm"
_DATES = re.compile(r"[-_ ]*\d{4,8}(?=[-_ .]|\Z)")


@dataclass(frozen=True)
class ImportOptions:
    """Where the places lie, whose data they are, and which columns were named by hand (field -> column)."""

    tzid: str
    country: str
    subdivision: str = ""
    source: str = ""
    kind: PlaceKind | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)

    def source_of(self, path: Path) -> str:
        """The name of the source: as told, else the file's name without endings and dates, so that next year's file
        is the same source.

        >>> ImportOptions("Europe/Rome", "IT").source_of(Path("Elenco_Farmacie_20260215.csv.gz"))
        'elenco-farmacie'
        """
        stem = path.name.partition(".")[0]
        return self.source or slugify(_DATES.sub("", stem), fallback="import")


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be used, numbered as the file's reader would count it, and why."""

    row: int
    reason: str


@dataclass
class Reading:
    """All rows of a file; `left_out` counts things that are no places, `warnings` are for the operator."""

    commands: list[SavePlace] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left_out: int = 0
