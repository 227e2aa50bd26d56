"""The city's own register of pharmacies, with its boroughs, on both engines."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.database import db
from app.places.models import Place, PlaceTerritory
from app.places.rules.vocabulary import PlaceKind
from app.territories.models import Territory
from tests.app.places.test_importing import last_line, run

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data beside the repository is not on this machine"
)


def test_milans_pharmacies_lie_in_their_boroughs(app: Flask) -> None:
    boroughs = DATA / "milano/municipi_ds379_original.geojson.gz"
    app.test_cli_runner().invoke(args=["wendy", "import-territories", str(boroughs)])
    file = DATA / "milano/farmacie_milano.csv"
    assert last_line(run(app, file)) == "new 421, changed 0, unchanged 0, refused 0"
    assert last_line(run(app, file)) == "new 0, changed 0, unchanged 421, refused 0"
    with app.app_context():
        counted = db.session.execute(
            sa.select(Territory.code, sa.func.count())
            .join(PlaceTerritory, PlaceTerritory.territory_id == Territory.id)
            .group_by(Territory.code)
            .order_by(Territory.code)
        )
        assert [row[1] for row in counted] == [71, 40, 51, 46, 32, 40, 47, 51, 43]
        names = set(db.session.scalars(sa.select(Place.name)))
        assert {
            "Farmacia Corso Vercelli",
            "Antica Farmacia del Verziere SNC",
            "Farmacia A.F.M. N. 48",
        } <= names
        assert set(db.session.scalars(sa.select(Place.kind))) == {PlaceKind.PHARMACY}
