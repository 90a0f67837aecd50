"""Day books: what is entered at the counter, a kind of meeting; whose household who signs in belongs to."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds, replace_checks

revision = "0049"
down_revision = "0046"
branch_labels = None
depends_on = None

_LOG_KINDS = ["staff_kin_changed"]
_TABLES = ("gathered_day_book", "staff_kin")
_ASIDE = "{table}_aside"
_BOOKS = "day_book_aside"
_RELATIONS = (
    "'own', 'spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild', 'collateral', 'in_law'"
)


def upgrade() -> None:
    """Let a meeting be a day book, gather day books on notices, keep who is near whom."""
    change_log_kinds(op, add=_LOG_KINDS)
    op.add_column("meeting", sa.Column("kind", sa.String(), nullable=True))
    if sa.inspect(op.get_bind()).has_table(_BOOKS):
        ours = "meeting.village_id = b.village_id AND meeting.id = b.id"
        op.execute(
            sa.text(
                f"UPDATE meeting SET kind = 'day_book' WHERE EXISTS (SELECT 1 FROM {_BOOKS} b WHERE {ours})"
            )
        )
        op.drop_table(_BOOKS)
    replace_checks(op, "meeting", {"ck_meeting_kind": "kind in ('day_book')"})
    where = sa.text("kind is not null")
    op.create_index(
        "uq_meeting_village_id_day_book",
        "meeting",
        ["village_id", "held_on"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_table(
        "gathered_day_book",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        _references("gathered_day_book", "meeting_id", "meeting"),
        _references("gathered_day_book", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("village_id", "meeting_id", name=op.f("pk_gathered_day_book")),
    )
    op.create_index(
        "ix_gathered_day_book_village_id_notice_id", "gathered_day_book", ["village_id", "notice_id"]
    )
    op.create_table(
        "staff_kin",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.CheckConstraint(f"relation in ({_RELATIONS})", name=op.f("ck_staff_kin_relation")),
        _references("staff_kin", "participant_id", "participant"),
        sa.PrimaryKeyConstraint("village_id", "staff_id", "participant_id", name=op.f("pk_staff_kin")),
    )
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop what day books need; an older program sees them as meetings that were held."""
    connection = op.get_bind()
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if connection.execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    if connection.execute(sa.text("SELECT 1 FROM meeting WHERE kind IS NOT NULL LIMIT 1")).first():
        op.execute(
            sa.text(f"CREATE TABLE {_BOOKS} AS SELECT village_id, id FROM meeting WHERE kind IS NOT NULL")
        )
    op.drop_index("uq_meeting_village_id_day_book", "meeting")
    replace_checks(op, "meeting", {"ck_meeting_kind": None})
    op.drop_column("meeting", "kind")
    change_log_kinds(op, remove=_LOG_KINDS)


def _references(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    """A foreign key to a row of the same village."""
    return sa.ForeignKeyConstraint(
        ["village_id", column],
        [f"{of}.village_id", f"{of}.id"],
        name=op.f(f"fk_{table}_village_id_{column}"),
    )
