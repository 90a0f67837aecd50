"""Exports are written down."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of exports; what was taken out before is nowhere.

    A database that went back to an older version has kept its records.
    """
    if "export_record" in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table(
        "export_record",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("exported_by", sa.String(), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "form in ('xlsx', 'csv', 'hledger', 'beancount')", name=op.f("ck_export_record_form")
        ),
        sa.CheckConstraint("row_count >= 0", name=op.f("ck_export_record_row_count")),
        sa.CheckConstraint("length(list_name) between 1 and 40", name=op.f("ck_export_record_list_name")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_export_record_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_export_record")),
    )
    op.create_index(
        op.f("ix_export_record_village_id_exported_at"), "export_record", ["village_id", "exported_at"]
    )


def downgrade() -> None:
    """Take the table away, unless somebody took something out: who did must not be forgotten by going back."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM export_record LIMIT 1")).first() is None:
        op.drop_table("export_record")
