"""Judged items are put before the panel, each judge's mark is kept, by a code of one's own or on the screen."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_LOG_KINDS = ["case_put", "marks_given", "case_drawn", "case_dropped", "mark_code_shown"]
_TABLES = ("meeting_case", "meeting_mark")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("score_id is null and dropped_at is null")


def upgrade() -> None:
    """Make the tables; what a database kept beside when it went back to an older version comes back."""
    change_log_kinds(op, add=_LOG_KINDS)
    op.create_table(
        "meeting_case",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("put_by", sa.String(), nullable=False),
        sa.Column("put_at", _MOMENT, nullable=False),
        sa.Column("score_id", sa.String(), nullable=True),
        sa.Column("drawn_by", sa.String(), nullable=True),
        sa.Column("drawn_at", _MOMENT, nullable=True),
        sa.Column("dropped_by", sa.String(), nullable=True),
        sa.Column("dropped_at", _MOMENT, nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_meeting_case_number")),
        sa.CheckConstraint(
            "(score_id is null) = (drawn_by is null) and (score_id is null) = (drawn_at is null)",
            name=op.f("ck_meeting_case_drawn_by_somebody"),
        ),
        sa.CheckConstraint(
            "(dropped_by is null) = (dropped_at is null)", name=op.f("ck_meeting_case_dropped_by_somebody")
        ),
        sa.CheckConstraint("score_id is null or dropped_at is null", name=op.f("ck_meeting_case_ends_once")),
        *(
            sa.ForeignKeyConstraint(
                ["village_id", column],
                [f"{table}.village_id", f"{table}.id"],
                name=op.f(f"fk_meeting_case_village_id_{column}"),
            )
            for column, table in (
                ("meeting_id", "meeting"),
                ("participant_id", "participant"),
                ("item_id", "scheme_item"),
                ("score_id", "score"),
            )
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_meeting_case")),
        sa.UniqueConstraint(
            "village_id", "meeting_id", "number", name=op.f("uq_meeting_case_village_id_meeting_id_number")
        ),
    )
    op.create_index(
        "uq_meeting_case_open",
        "meeting_case",
        ["village_id", "meeting_id", "participant_id", "item_id", "occurred_on"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("uq_meeting_case_score", "meeting_case", ["village_id", "score_id"], unique=True)
    op.create_table(
        "meeting_mark",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.CheckConstraint("way in ('screen', 'phone', 'paper')", name=op.f("ck_meeting_mark_way")),
        sa.CheckConstraint("mark >= 0", name=op.f("ck_meeting_mark_mark")),
        sa.ForeignKeyConstraint(
            ["village_id", "case_id"],
            ["meeting_case.village_id", "meeting_case.id"],
            name=op.f("fk_meeting_mark_village_id_case_id"),
        ),
        _of_attendance("meeting_mark"),
        sa.PrimaryKeyConstraint("village_id", "case_id", "position", name=op.f("pk_meeting_mark")),
    )
    op.create_table(
        "meeting_mark_code",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("shown_by", sa.String(), nullable=False),
        sa.Column("shown_at", _MOMENT, nullable=False),
        sa.Column("taken_at", _MOMENT, nullable=True),
        sa.CheckConstraint("(taken_at is null) = (phone is null)", name=op.f("ck_meeting_mark_code_taken")),
        sa.CheckConstraint(
            "(digest is null) = (phone is not null)", name=op.f("ck_meeting_mark_code_digest")
        ),
        _of_attendance("meeting_mark_code"),
        sa.PrimaryKeyConstraint("village_id", "meeting_id", "position", name=op.f("pk_meeting_mark_code")),
    )
    for column in ("digest", "phone"):
        op.create_index(f"ix_meeting_mark_code_{column}", "meeting_mark_code", ["village_id", column])
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables; the scores that came of the marks stay, and no code is good any more."""
    op.drop_table("meeting_mark_code")
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)


def _of_attendance(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", "meeting_id", "position"],
        ["meeting_attendance.village_id", "meeting_attendance.meeting_id", "meeting_attendance.position"],
        name=op.f(f"fk_{table}_village_id_meeting_id_position"),
    )
