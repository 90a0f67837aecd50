"""Photos and papers that belong to something are kept in the database, and gone once they are due."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_LOG_KINDS = ["attachment_added", "attachment_removed"]
_TABLES = ("attachment", "attachment_content", "attachment_removal")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of attachments, of their bytes and of their removals."""
    change_log_kinds(op, add=_LOG_KINDS)
    op.create_table(
        "attachment",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner_kind", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("owner_kind in ('claim', 'inspection')", name=op.f("ck_attachment_owner_kind")),
        sa.CheckConstraint(
            "media_type in ('image/jpeg', 'image/png', 'application/pdf')",
            name=op.f("ck_attachment_media_type"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attachment_number")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_attachment_sha256_length")),
        sa.CheckConstraint("size between 1 and 300000", name=op.f("ck_attachment_size")),
        sa.CheckConstraint("until >= added_on", name=op.f("ck_attachment_stays_a_day")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_attachment_village_id")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_attachment_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_attachment")),
        sa.UniqueConstraint(
            "village_id",
            "owner_kind",
            "owner_id",
            "number",
            name=op.f("uq_attachment_village_id_owner_kind_owner_id_number"),
        ),
    )
    op.create_index("ix_attachment_participant_id", "attachment", ["village_id", "participant_id"])
    op.create_index("ix_attachment_village_id_until", "attachment", ["village_id", "until"])
    op.create_table(
        "attachment_content",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(content) between 1 and 300000", name=op.f("ck_attachment_content_length")),
        _of_attachment("attachment_content"),
        sa.PrimaryKeyConstraint("village_id", "attachment_id", name=op.f("pk_attachment_content")),
    )
    op.create_table(
        "attachment_removal",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=False),
        sa.Column("removed_at", _MOMENT, nullable=False),
        sa.Column("removed_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "reason in ('expired', 'ended', 'withdrawn', 'erased')",
            name=op.f("ck_attachment_removal_reason"),
        ),
        sa.CheckConstraint(
            "(due_on is null) = (reason in ('withdrawn', 'erased'))",
            name=op.f("ck_attachment_removal_due_given"),
        ),
        sa.CheckConstraint("due_on < removed_on", name=op.f("ck_attachment_removal_due")),
        _of_attachment("attachment_removal"),
        sa.PrimaryKeyConstraint("village_id", "attachment_id", name=op.f("pk_attachment_removal")),
    )
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of attachments."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)


def _of_attachment(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", "attachment_id"],
        ["attachment.village_id", "attachment.id"],
        name=op.f(f"fk_{table}_village_id_attachment_id"),
    )
