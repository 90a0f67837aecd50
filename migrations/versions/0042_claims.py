"""Deeds that somebody reports wait for their group's look and for a meeting."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_LOG_KINDS = ["claim_filed", "claim_looked", "claim_decided"]
_TABLES = ("claim", "claim_decision")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of claims and of what meetings decided about them."""
    change_log_kinds(op, add=_LOG_KINDS)
    op.create_table(
        "claim",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("item_title", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_at", _MOMENT, nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("supported", sa.Boolean(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("looked_at", _MOMENT, nullable=True),
        sa.Column("looked_by", sa.String(), nullable=True),
        sa.CheckConstraint("status in ('waiting', 'taken', 'declined')", name=op.f("ck_claim_status")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_claim_quantity")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_claim_words_given")),
        sa.CheckConstraint("occurred_on <= filed_on", name=op.f("ck_claim_occurred_before")),
        sa.CheckConstraint(
            "(supported is null) = (looked_by is null) and (supported is null) = (looked_at is null)",
            name=op.f("ck_claim_looked_by_somebody"),
        ),
        sa.CheckConstraint("looked_by <> filed_by", name=op.f("ck_claim_looked_by_another")),
        sa.CheckConstraint("opinion = '' or supported is not null", name=op.f("ck_claim_opinion_given")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_claim_village_id")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_claim_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_claim")),
    )
    op.create_index("ix_claim_village_id_status", "claim", ["village_id", "status", "filed_at"])
    op.create_index(
        "ix_claim_village_id_participant_id",
        "claim",
        ["village_id", "participant_id", "item_code", "occurred_on"],
    )
    op.create_index("ix_claim_village_id_filed_at", "claim", ["village_id", "filed_at", "id"])
    op.create_table(
        "claim_decision",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.CheckConstraint("kind in ('taken', 'declined', 'put_back')", name=op.f("ck_claim_decision_kind")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_claim_decision_number")),
        sa.CheckConstraint(
            "(kind = 'declined') = (score_id is null)", name=op.f("ck_claim_decision_score_given")
        ),
        sa.CheckConstraint(
            "(kind = 'declined') = (reason <> '')", name=op.f("ck_claim_decision_reason_given")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["village_id", column],
                [f"{table}.village_id", f"{table}.id"],
                name=op.f(f"fk_claim_decision_village_id_{column}"),
            )
            for column, table in (("claim_id", "claim"), ("meeting_id", "meeting"), ("score_id", "score"))
        ),
        sa.PrimaryKeyConstraint("village_id", "claim_id", "number", name=op.f("pk_claim_decision")),
    )
    op.create_index(
        "uq_claim_decision_score", "claim_decision", ["village_id", "score_id", "kind"], unique=True
    )
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of claims; their scores stay."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)
