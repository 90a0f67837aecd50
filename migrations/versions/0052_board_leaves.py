"""A household may leave all boards by one signature, and come back by another."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_LOG_KINDS = ["boards_left", "boards_rejoined"]
_TABLE = "board_leave"
_ASIDE = "board_leave_aside"
_MOMENT = sa.DateTime(timezone=True)
_BACK = "(back_on is null) = (back_by is null) and (back_on is null) = (back_at is null)"


def upgrade() -> None:
    """Make the table of households that stand on no board."""
    change_log_kinds(op, add=_LOG_KINDS)
    op.create_table(
        _TABLE,
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("back_by", sa.String(), nullable=True),
        sa.Column("back_at", _MOMENT, nullable=True),
        sa.CheckConstraint("back_on >= signed_on", name=op.f("ck_board_leave_back_after")),
        sa.CheckConstraint(_BACK, name=op.f("ck_board_leave_back_recorded")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_board_leave_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_board_leave")),
    )
    in_force = sa.text("back_on is null")
    op.create_index(
        "uq_board_leave_in_force",
        _TABLE,
        ["village_id", "participant_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    if sa.inspect(op.get_bind()).has_table(_ASIDE):
        op.execute(sa.text(f"INSERT INTO {_TABLE} SELECT * FROM {_ASIDE}"))
        op.drop_table(_ASIDE)


def downgrade() -> None:
    """Drop the table; who left is ranked again by a program that knows nothing of it."""
    # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
    if op.get_bind().execute(sa.text(f"SELECT 1 FROM {_TABLE} LIMIT 1")).first():
        op.execute(sa.text(f"CREATE TABLE {_ASIDE} AS SELECT * FROM {_TABLE}"))
    op.drop_table(_TABLE)
    change_log_kinds(op, remove=_LOG_KINDS)
