"""Topics are rows that operators name and merge, no longer words of the code."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
FIRST = (
    ("reading", "bookshop", "Storie e libri", "Stories and books", "قصص وكتب"),
    ("feeding", "baby_feeding", "Dare il latte", "Feeding", "إطعام الرضيع"),
    ("parenthood", "heart", "Essere genitori", "Being a parent", "الأبوة والأمومة"),
    ("nutrition", "cafe", "Mangiare bene", "Eating well", "التغذية السليمة"),
    ("language", "globe", "Lingue", "Languages", "اللغات"),
    ("sewing", "association", "Cucito", "Sewing", "الخياطة"),
    ("homework", "library", "Compiti", "Homework", "الواجبات المدرسية"),
    ("shared-shopping", "shop", "Gruppo d'acquisto", "Shared shopping", "التسوّق المشترك"),
    ("neighbourhood", "community_space", "Il quartiere", "The neighbourhood", "الحي"),
    ("play", "play_area", "Gioco", "Play", "اللعب"),
)


def upgrade() -> None:
    """Those that the code knew are the first."""
    topic = op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(10), nullable=False, unique=True),
        sa.Column("slug", sa.String(40), nullable=False, unique=True),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("icon", sa.String(30), nullable=False),
        sa.Column("merged_into", sa.String(40), sa.ForeignKey("topic.slug")),
    )
    rows = [
        {
            "public_id": "".join(secrets.choice(ALPHABET) for _ in range(10)), "slug": slug, "icon": icon,
            "names": {"original": "it", "texts": {"it": it, "en": en, "ar": ar}},
        }
        for slug, icon, it, en, ar in FIRST
    ]  # fmt: skip
    op.bulk_insert(topic, rows)
    with op.batch_alter_table("event_topic") as event_topic:
        event_topic.drop_constraint(op.f("ck_event_topic_topic"), type_="check")
        event_topic.alter_column("topic", existing_type=sa.String(32), type_=sa.String(40))
        event_topic.create_foreign_key(op.f("fk_event_topic_topic"), "topic", ["topic"], ["slug"])
    op.create_index(op.f("ix_event_topic_topic"), "event_topic", ["topic"])


def downgrade() -> None:
    """Events lose the topics that the code did not know."""
    slugs = ", ".join(repr(row[0]) for row in FIRST)
    op.drop_index(op.f("ix_event_topic_topic"), "event_topic")
    rows = sa.table("event_topic", sa.column("topic"))
    op.execute(sa.delete(rows).where(rows.c.topic.not_in([row[0] for row in FIRST])))
    with op.batch_alter_table("event_topic") as event_topic:
        event_topic.drop_constraint(op.f("fk_event_topic_topic"), type_="foreignkey")
        event_topic.alter_column("topic", existing_type=sa.String(40), type_=sa.String(32))
        event_topic.create_check_constraint(op.f("ck_event_topic_topic"), f"topic IN ({slugs})")
    op.drop_table("topic")
