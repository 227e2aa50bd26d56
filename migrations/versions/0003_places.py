"""Places, their amenities, hours and territories."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_geospatial_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_language", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pharmacy",
                "bookshop",
                "cafe",
                "shop",
                "medical",
                "advice_centre",
                "library",
                "association",
                "community_space",
                "public_service",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.JSON(), nullable=True),
        sa.Column(
            "location",
            geoalchemy2.Geometry(geometry_type="POINT", srid=4326, spatial_index=False),
            nullable=False,
        ),
        sa.Column("street_address", sa.String(length=200), nullable=False),
        sa.Column("postal_code", sa.String(length=16), nullable=False),
        sa.Column("locality", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=8), nullable=False),
        sa.Column("tzid", sa.String(length=64), nullable=False),
        sa.Column("opening_hours", sa.String(length=1000), nullable=False),
        sa.Column("access_notes", sa.JSON(), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("picture", sa.String(length=120), nullable=False),
        sa.Column("picture_alt", sa.JSON(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("source_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_island", sa.Boolean(), nullable=False),
        sa.Column("amenity_bits", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("map_cell", sa.BigInteger(), nullable=False),
        sa.Column("map_feature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_place_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_place_slug")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_place_source_source_id")),
    )
    op.create_geospatial_index("idx_place_location", "place", ["location"], postgresql_using="gist")
    op.create_index("ix_place_kind", "place", ["kind"], unique=False)
    op.create_index("ix_place_map_cell", "place", ["map_cell"], unique=False)
    op.create_index(
        "ix_place_search",
        "place",
        ["is_published", "is_island", "amenity_bits", "kind", "confirmed_on"],
        unique=False,
    )
    op.create_table(
        "place_slug",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_slug_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_place_slug")),
    )
    op.create_index("ix_place_slug_place_id", "place_slug", ["place_id"], unique=False)
    op.create_table(
        "island",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column(
            "membership",
            sa.Enum(
                "mother", "merchant", name="membership", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("opening_hours", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_island_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_island")),
    )
    op.create_table(
        "place_amenity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column(
            "amenity",
            sa.Enum(
                "baby_feeding",
                "changing_table",
                "changing_table_fathers",
                "play_area",
                "bottle_warmer",
                "microwave",
                "water",
                "baby_scale",
                "breast_pump_hire",
                "stroller",
                "toilets",
                "step_free",
                "privacy",
                "no_purchase",
                name="amenity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "yes", "no", "unknown", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column(
            "confirmed_by",
            sa.Enum(
                "host",
                "parent",
                "manager",
                "source",
                name="confirmed_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_amenity_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_amenity")),
        sa.UniqueConstraint("place_id", "amenity", name=op.f("uq_place_amenity_place_id_amenity")),
    )
    op.create_table(
        "professional",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column(
            "profession",
            sa.Enum(
                "midwife",
                "lactation_consultant",
                "paediatrician",
                "psychologist",
                "nutritionist",
                "social_worker",
                "listener",
                name="profession",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("opening_hours", sa.String(length=500), nullable=False),
        sa.Column("note", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_professional_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_professional")),
    )
    op.create_index("ix_professional_place_id", "professional", ["place_id"], unique=False)
    op.create_table(
        "place_territory",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_territory_place_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_place_territory_territory_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("place_id", "territory_id", name=op.f("pk_place_territory")),
    )
    op.create_index("ix_place_territory_territory_id", "place_territory", ["territory_id"], unique=False)
    op.create_table(
        "place_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_place_opening_closes_after_it_opens")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_opening_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_opening")),
    )
    op.create_index(
        "ix_place_opening_place", "place_opening", ["place_id", "opens_at", "closes_at"], unique=False
    )
    op.create_index(
        "ix_place_opening_time", "place_opening", ["opens_at", "closes_at", "place_id"], unique=False
    )


def downgrade() -> None:
    """Drop them, geometry columns discarded first."""
    op.drop_table("place_opening")
    op.drop_table("place_territory")
    op.drop_table("professional")
    op.drop_table("place_amenity")
    op.drop_table("island")
    op.drop_table("place_slug")
    op.drop_geospatial_index("idx_place_location", table_name="place", column_name="location")
    op.drop_geospatial_table("place")
