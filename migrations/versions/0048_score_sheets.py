"""What is printed on score sheets is kept, and what was read from their photos and entered."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_kinds, change_log_kinds

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_LOG_KINDS = ["score_sheet_printed", "score_sheet_read", "score_sheet_entered"]
_TABLES = ("score_sheet", "score_sheet_reading", "score_sheet_entry")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)
_OWNER = "score_sheet"


def upgrade() -> None:
    """Make the tables of score sheets; an attachment may belong to one."""
    change_log_kinds(op, add=_LOG_KINDS)
    change_kinds(op, "attachment", column="owner_kind", add=[_OWNER])
    op.create_table(
        "score_sheet",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("items", sa.String(), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("printed_at", _MOMENT, nullable=False),
        sa.Column("printed_by", sa.String(), nullable=False),
        sa.CheckConstraint("length(number) = 10", name=op.f("ck_score_sheet_number_length")),
        sa.CheckConstraint("page between 1 and pages", name=op.f("ck_score_sheet_page")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_score_sheet_village_id")),
        *(
            _references("score_sheet", {f"{table}_id": "id"}, of)
            for table, of in (("meeting", "meeting"), ("group", "village_group"))
        ),
        sa.PrimaryKeyConstraint("village_id", "number", name=op.f("pk_score_sheet")),
    )
    op.create_index(
        "ix_score_sheet_village_id_meeting_id",
        "score_sheet",
        ["village_id", "meeting_id", "group_id", "first", "page"],
    )
    op.create_table(
        "score_sheet_reading",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("photo_id", sa.String(), nullable=False),
        sa.Column("cutouts_id", sa.String(), nullable=True),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_score_sheet_reading_number")),
        sa.CheckConstraint(
            "length(answers) between 1 and 696", name=op.f("ck_score_sheet_reading_answers_length")
        ),
        _references("score_sheet_reading", {"sheet": "number"}, "score_sheet"),
        _references("score_sheet_reading", {"photo_id": "id"}, "attachment"),
        _references("score_sheet_reading", {"cutouts_id": "id"}, "attachment"),
        sa.PrimaryKeyConstraint("village_id", "sheet", "number", name=op.f("pk_score_sheet_reading")),
    )
    op.create_table(
        "score_sheet_entry",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("ticks", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("entered_at", _MOMENT, nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.CheckConstraint("length(ticks) between 1 and 696", name=op.f("ck_score_sheet_entry_ticks_length")),
        sa.CheckConstraint("(first is null) = (last is null)", name=op.f("ck_score_sheet_entry_span")),
        sa.CheckConstraint("first <= last", name=op.f("ck_score_sheet_entry_span_order")),
        _references("score_sheet_entry", {"sheet": "sheet", "reading": "number"}, "score_sheet_reading"),
        sa.PrimaryKeyConstraint("village_id", "sheet", name=op.f("pk_score_sheet_entry")),
    )
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of score sheets; their scores and photos stay."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_kinds(op, "attachment", column="owner_kind", remove=[_OWNER])
    change_log_kinds(op, remove=_LOG_KINDS)


def _references(table: str, columns: dict[str, str], of: str) -> sa.ForeignKeyConstraint:
    """A foreign key to a row of the same village."""
    return sa.ForeignKeyConstraint(
        ["village_id", *columns],
        [f"{of}.{name}" for name in ("village_id", *columns.values())],
        name=op.f(f"fk_{table}_village_id_{next(iter(columns))}"),
    )
