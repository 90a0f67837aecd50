"""Anchors."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of proof."""

    op.create_table(
        "anchor",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_anchor_digest_length")),
        sa.CheckConstraint("log_index >= 0", name=op.f("ck_anchor_log_index")),
        sa.ForeignKeyConstraint(
            ["village_id", "log_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_anchor_village_id_log_index"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "month"],
            ["closed_month.village_id", "closed_month.month"],
            name=op.f("fk_anchor_village_id_month"),
        ),
        sa.PrimaryKeyConstraint("village_id", "month", name=op.f("pk_anchor")),
        sa.UniqueConstraint("village_id", "digest", name=op.f("uq_anchor_village_id_digest")),
        sa.UniqueConstraint("village_id", "log_index", name=op.f("uq_anchor_village_id_log_index")),
    )


def downgrade() -> None:
    """Drop the tables of proof, with what stands in them."""

    op.drop_table("anchor")
