"""Deeds that an objection found missing, kept for the next meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_REFERS = {
    "objection_id": ("score_objection_answer", "objection_id"),
    "participant_id": ("participant", "id"),
    "score_id": ("score", "id"),
}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "missing_deed",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("objection_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("score_id", sa.String(), nullable=True),
        sa.CheckConstraint("quantity >= 0 AND points >= 0", name=op.f("ck_missing_deed_measures")),
        *(
            sa.ForeignKeyConstraint(
                ["village_id", column],
                [f"{table}.village_id", f"{table}.{key}"],
                name=op.f(f"fk_missing_deed_village_id_{column}"),
            )
            for column, (table, key) in _REFERS.items()
        ),
        sa.PrimaryKeyConstraint("village_id", "objection_id", name=op.f("pk_missing_deed")),
    )
    op.create_index("ix_missing_deed_score_id", "missing_deed", ["village_id", "score_id"])


def downgrade() -> None:
    """Drop the table; the answers themselves say in words what was missing."""
    op.drop_table("missing_deed")
