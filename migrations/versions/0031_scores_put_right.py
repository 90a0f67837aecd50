"""Scores put right: a new version stands for the old one, by two people."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0031"
down_revision = "0029"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_CHECKS = {
    "version": "version >= 2",
    "another_score": "score_id <> corrects",
    "two_people": "requested_by <> confirmed_by",
    "reason_stated": "reason <> ''",
    "ends_once": "posted_at is null or dropped_at is null",
    "posted": "reverses or posted_at is null",
    "taken_back_in": "(posted_at is null) = (taken_back_in is null)",
    "reversal_index": "reversal_index is null or posted_at is not null",
}


def upgrade() -> None:
    """Make the table of corrections, and let the log tell of them."""
    op.create_table(
        "score_correction",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("corrects", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("reverses", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("corrected_at", _MOMENT, nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("posted_at", _MOMENT, nullable=True),
        sa.Column("dropped_at", _MOMENT, nullable=True),
        sa.Column("taken_back_in", sa.String(), nullable=True),
        sa.Column("reversal_index", sa.BigInteger(), nullable=True),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_score_correction_{name}")) for name, sql in _CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["village_id", "corrects"],
            ["score.village_id", "score.id"],
            name=op.f("fk_score_correction_village_id_corrects"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "score_id"],
            ["score.village_id", "score.id"],
            name=op.f("fk_score_correction_score"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "reversal_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_score_correction_village_id_reversal_index"),
        ),
        sa.PrimaryKeyConstraint("village_id", "score_id", name=op.f("pk_score_correction")),
    )
    standing = sa.text("dropped_at is null")
    op.create_index(
        "uq_score_correction_corrects",
        "score_correction",
        ["village_id", "corrects"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_score_correction_taken_back_in", "score_correction", ["village_id", "taken_back_in"])
    change_log_kinds(op, add=["score_corrected"])


def downgrade() -> None:
    """Drop the table; what was posted stays, but an older program counts old and new scores in its totals."""
    op.drop_table("score_correction")
    change_log_kinds(op, remove=["score_corrected"])
