"""A posted veto keeps a household from something, until a day or until two people lift it."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_LOG_KINDS = ["restriction_begun", "restriction_ended"]
_ASIDE = "restriction_aside"
_MOMENT = sa.DateTime(timezone=True)
_WHOLE = " and ".join(
    f"(ended_at is null) = ({column} is null)"
    for column in ("ended_as", "ended_by", "ended_with", "end_reason")
)


def upgrade() -> None:
    """Make the table of restrictions."""
    change_log_kinds(op, add=_LOG_KINDS)
    op.create_table(
        "restriction",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("ended_as", sa.String(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_with", sa.String(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind in ('participation', 'redemption', 'red_board', 'titles')", name=op.f("ck_restriction_kind")
        ),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_restriction_ends_on")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_restriction_why_given")),
        sa.CheckConstraint(_WHOLE, name=op.f("ck_restriction_ended_whole")),
        sa.CheckConstraint("ended_as in ('lifted', 'reversed')", name=op.f("ck_restriction_ended_as")),
        sa.CheckConstraint("ended_by <> ended_with", name=op.f("ck_restriction_ended_by_two")),
        sa.CheckConstraint("end_reason <> ''", name=op.f("ck_restriction_end_reason_given")),
        *(
            sa.ForeignKeyConstraint(
                ["village_id", column],
                [f"{table}.village_id", f"{table}.id"],
                name=op.f(f"fk_restriction_village_id_{column}"),
            )
            for column, table in (("participant_id", "participant"), ("score_id", "score"))
        ),
        sa.PrimaryKeyConstraint("village_id", "score_id", "kind", name=op.f("pk_restriction")),
    )
    op.create_index(
        "ix_restriction_village_id_participant_id", "restriction", ["village_id", "participant_id", "kind"]
    )
    if sa.inspect(op.get_bind()).has_table(_ASIDE):
        op.execute(sa.text(f"INSERT INTO restriction SELECT * FROM {_ASIDE}"))
        op.drop_table(_ASIDE)


def downgrade() -> None:
    """Drop the table of restrictions; the vetoes stay in the minutes."""
    # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
    if op.get_bind().execute(sa.text("SELECT 1 FROM restriction LIMIT 1")).first():
        op.execute(sa.text(f"CREATE TABLE {_ASIDE} AS SELECT * FROM restriction"))
    op.drop_table("restriction")
    change_log_kinds(op, remove=_LOG_KINDS)
