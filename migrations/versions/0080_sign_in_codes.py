"""Six-digit codes beside sign-in links, tries counted also for unknown addresses; sessions named by device."""

import sqlalchemy as sa
from alembic import op

from app.core.ids import public_id

revision = "0080"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sessions that are open stay so, as devices without a name."""
    with op.batch_alter_table("sign_in_token") as token:
        token.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        token.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sign_in_session", sa.Column("device", sa.String(40), nullable=False, server_default=""))
    op.add_column("sign_in_session", sa.Column("public_id", sa.String(10), nullable=True))
    session = sa.table("sign_in_session", sa.column("id", sa.Integer), sa.column("public_id", sa.String))
    for key in op.get_bind().scalars(sa.select(session.c.id)).all():
        op.execute(session.update().where(session.c.id == key).values(public_id=public_id()))
    with op.batch_alter_table("sign_in_session") as table:
        table.alter_column("public_id", existing_type=sa.String(10), nullable=False)
        table.create_unique_constraint(op.f("uq_sign_in_session_public_id"), ["public_id"])


def downgrade() -> None:
    """Whoever waits for a code asks again."""
    with op.batch_alter_table("sign_in_session") as table:
        table.drop_constraint(op.f("uq_sign_in_session_public_id"), type_="unique")
        table.drop_column("public_id")
        table.drop_column("device")
    op.execute("DELETE FROM sign_in_token WHERE person_id IS NULL")
    with op.batch_alter_table("sign_in_token") as token:
        token.drop_column("tries")
        token.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
