"""Gazetteer and backdrop."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_geospatial_table(
        "gazetteer_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "street",
                "stop",
                "postcode",
                "address",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column(
            "location",
            geoalchemy2.Geometry(geometry_type="POINT", srid=4326, spatial_index=False),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gazetteer_entry")),
        sa.UniqueConstraint("kind", "folded", "source", name=op.f("uq_gazetteer_entry_kind_folded_source")),
    )
    op.create_geospatial_index(
        "idx_gazetteer_entry_location", "gazetteer_entry", ["location"], postgresql_using="gist"
    )
    op.create_index("ix_gazetteer_entry_folded", "gazetteer_entry", ["folded"], unique=False)
    op.create_geospatial_table(
        "backdrop_feature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "geometry",
            geoalchemy2.Geometry(geometry_type="GEOMETRY", srid=4326, spatial_index=False),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backdrop_feature")),
    )
    op.create_geospatial_index(
        "idx_backdrop_feature_geometry", "backdrop_feature", ["geometry"], postgresql_using="gist"
    )


def downgrade() -> None:
    """Drop them, geometry columns discarded first."""
    op.drop_geospatial_index(
        "idx_backdrop_feature_geometry", table_name="backdrop_feature", column_name="geometry"
    )
    op.drop_geospatial_table("backdrop_feature")
    op.drop_geospatial_index(
        "idx_gazetteer_entry_location", table_name="gazetteer_entry", column_name="location"
    )
    op.drop_geospatial_table("gazetteer_entry")
