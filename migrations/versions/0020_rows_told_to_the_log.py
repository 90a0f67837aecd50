"""Rows told to the log."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_KIND = "rows_witnessed"


def upgrade() -> None:
    """Keep a digest of each row that matters, under the entry that vouches for it.

    The rows that are there already are told as they are found, at each village's next write. A database that went
    back to an older version has kept its digests; what it wrote meanwhile is not told and will be found.
    """
    change_log_kinds(op, add=[_KIND])
    there = sa.inspect(op.get_bind())
    if "log_index" not in {column["name"] for column in there.get_columns("request")}:
        op.add_column("request", sa.Column("log_index", sa.BigInteger(), nullable=True))
    if "row_witness" in there.get_table_names():
        return
    op.create_table(
        "row_witness",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("rest", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("cells", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_row_witness_position")),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_row_witness_digest_length")),
        sa.CheckConstraint("length(salt) = 16", name=op.f("ck_row_witness_salt_length")),
        sa.CheckConstraint(
            "digest is not null or (salt is null and cells is null)", name=op.f("ck_row_witness_gone")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_row_witness_village_id")),
        sa.PrimaryKeyConstraint(
            "village_id", "table_name", "row_key", "position", name=op.f("pk_row_witness")
        ),
    )
    op.create_index(op.f("ix_row_witness_village_id_log_index"), "row_witness", ["village_id", "log_index"])


def downgrade() -> None:
    """Forget the digests, unless entries vouch for some: then they stay, and an older program ignores them."""
    told = " UNION ALL ".join(
        f"SELECT 1 FROM {table} WHERE log_index IS NOT NULL" for table in ("row_witness", "request")
    )
    if op.get_bind().execute(sa.text(f"{told} LIMIT 1")).first() is None:
        op.drop_table("row_witness")
        op.drop_column("request", "log_index")
    change_log_kinds(op, remove=[_KIND])
