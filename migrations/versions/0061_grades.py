"""Tables of bands by resolution, the grades of a period, and what was done about them."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0061"
down_revision = "0057"
branch_labels = None
depends_on = None

_LOG_KINDS = ["grade_table_adopted", "grade_measure_done"]
_TABLES = ("grade_table", "grade_band", "grade", "grade_measure")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)
_MEASURES = "('honour_sum', 'honour_average', 'honour_with_base', 'base_left', 'category', 'stars', 'patrol')"
_SIGNS = (
    "('', 'red', 'yellow', 'blue', 'green', 'grey', 'gold', 'silver', 'bronze', 'stars_0', 'stars_1',"
    " 'stars_2', 'stars_3', 'stars_4', 'stars_5', 'stars_6', 'stars_7', 'stars_8', 'stars_9', 'stars_10',"
    " 'a', 'b', 'c', 'd')"
)


def upgrade() -> None:
    """Make the tables of bands, grades and measures."""
    change_log_kinds(op, add=_LOG_KINDS)
    _make_tables()
    _make_bands()
    _make_grades()
    _make_measures()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of grades."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, _MOMENT, nullable=False)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _amount(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=True)


def _yes(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, columns: list[str], to: str, theirs: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", *columns],
        [f"{to}.{name}" for name in ("village_id", *theirs)],
        name=op.f(f"fk_{table}_village_id_{'_'.join(columns)}"),
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("village_id", *columns, name=op.f(f"pk_{table}"))


def _make_tables() -> None:
    table = "grade_table"
    op.create_table(
        table,
        _text("village_id"),
        _number("number"),
        _text("name"),
        _text("kinds"),
        _text("period"),
        _text("measured_on"),
        _text("category"),
        _text("resolution"),
        _day("from_date"),
        _yes("is_end"),
        _moment("adopted_at"),
        _text("adopted_by"),
        _check(table, "period", "period in ('month', 'quarter', 'half_year', 'year')"),
        _check(table, "measured_on", f"measured_on in {_MEASURES}"),
        _check(table, "number", "number >= 1"),
        _check(table, "name_given", "length(name) between 1 and 40"),
        _check(table, "kinds_given", "length(kinds) > 0"),
        _check(table, "resolution_given", "length(resolution) > 0"),
        _check(table, "category_given", "(measured_on in ('category', 'stars')) = (category <> '')"),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id")),
        _key(table, "number"),
    )


def _make_bands() -> None:
    table = "grade_band"
    op.create_table(
        table,
        _text("village_id"),
        _number("table_number"),
        _number("position"),
        _text("name"),
        _text("sign"),
        _amount("low"),
        _yes("low_included"),
        _amount("high"),
        _yes("high_included"),
        _text("written"),
        _text("measure"),
        _check(table, "sign", f"sign in {_SIGNS}"),
        _check(table, "position", "position >= 0"),
        _check(table, "name_given", "length(name) between 1 and 20"),
        _check(table, "low_before_high", "low <= high"),
        _refers(table, ["table_number"], "grade_table", ["number"]),
        _key(table, "table_number", "position"),
    )


def _make_grades() -> None:
    table = "grade"
    op.create_table(
        table,
        _text("village_id"),
        _number("table_number"),
        _text("period"),
        _text("participant_id"),
        _text("group_id", nullable=True),
        _amount("value"),
        _number("band", nullable=True),
        _text("absence"),
        _text("month"),
        _check(table, "absence", "absence in ('', 'away', 'left', 'closed', 'unmeasured', 'restricted')"),
        _check(table, "absent_without_band", "absence in ('', 'restricted') or band is null"),
        _check(table, "graded", "absence <> '' or (band is not null and value is not null)"),
        _refers(table, ["table_number"], "grade_table", ["number"]),
        _refers(table, ["participant_id"], "participant", ["id"]),
        _refers(table, ["group_id"], "village_group", ["id"]),
        _key(table, "table_number", "period", "participant_id"),
    )
    op.create_index(
        op.f("ix_grade_village_id_participant_id"), table, ["village_id", "participant_id", "period"]
    )


def _make_measures() -> None:
    table, whose = "grade_measure", ["table_number", "period", "participant_id"]
    op.create_table(
        table,
        _text("village_id"),
        _number("table_number"),
        _text("period"),
        _text("participant_id"),
        _day("done_on"),
        _text("done_by"),
        _moment("recorded_at"),
        _text("recorded_by"),
        _check(table, "done_by_somebody", "length(done_by) between 1 and 60"),
        _refers(table, whose, "grade", whose),
        _key(table, *whose),
    )
