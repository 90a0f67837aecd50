"""Rows told in batches."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what an import's rows are told as in a batch; what was told of rows before stays as it is.

    A database that went back to an older version has kept its batches.
    """
    if "row_batch" in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table(
        "row_batch",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("first_key", sa.String(), nullable=False),
        sa.Column("row_keys", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.Column("rests", sa.LargeBinary(), nullable=True),
        sa.Column("salts", sa.LargeBinary(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digests) = 2 * length(salts)", name=op.f("ck_row_batch_digests_length")),
        sa.CheckConstraint("length(rests) = length(digests)", name=op.f("ck_row_batch_rests_length")),
        sa.CheckConstraint(
            "length(salts) between 16 and 8000 and length(salts) / 16 * 16 = length(salts)",
            name=op.f("ck_row_batch_salts_length"),
        ),
        sa.CheckConstraint("length(cells) >= length(salts) / 4", name=op.f("ck_row_batch_cells_length")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_row_batch_village_id")),
        sa.PrimaryKeyConstraint("village_id", "table_name", "first_key", name=op.f("pk_row_batch")),
    )
    op.create_index(op.f("ix_row_batch_village_id_log_index"), "row_batch", ["village_id", "log_index"])


def downgrade() -> None:
    """Take the table away, unless it tells of rows: then it stays, and an older program ignores it.

    To that program these rows are told nowhere; verifying with it says so, and is right again after the upgrade.
    """
    if op.get_bind().execute(sa.text("SELECT 1 FROM row_batch LIMIT 1")).first() is None:
        op.drop_table("row_batch")
