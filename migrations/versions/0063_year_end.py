"""What becomes of points when the year is over: the village's rule, each run, what it did to each account."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

_LOG_KINDS = ["year_end_adopted", "year_end_posted", "year_end_undone"]
_TABLES = ("year_end_rule", "year_end_run", "year_end_line")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of rules, runs and lines."""
    change_log_kinds(op, add=_LOG_KINDS)
    _make_rules()
    _make_runs()
    _make_lines()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of the year's end; what was posted stays in the ledger."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, _MOMENT, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _amount(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str, *, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", column],
        [f"{to}.village_id", f"{to}.{key}"],
        name=op.f(f"fk_{table}_village_id_{column}"),
    )


def _of_village(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id"))


def _make_rules() -> None:
    table = "year_end_rule"
    op.create_table(
        table,
        _text("village_id"),
        _number("number"),
        _text("points"),
        _amount("ceiling", nullable=True),
        _number("rate", nullable=True),
        _flag("keeps_gifts"),
        _flag("keeps_base"),
        _text("honour"),
        _number("month"),
        _number("day"),
        _text("resolution"),
        sa.Column("from_date", sa.Date(), nullable=False),
        _moment("adopted_at"),
        _text("adopted_by"),
        _check(table, "points", "points in ('stay', 'ceiling', 'clear', 'to_honour')"),
        _check(table, "honour", "honour in ('kept', 'anew')"),
        _check(table, "number", "number >= 1"),
        _check(table, "ceiling_given", "(points = 'ceiling') = (ceiling is not null) and ceiling > 0"),
        _check(
            table, "rate_given", "(points = 'to_honour') = (rate is not null) and rate between 1 and 10000"
        ),
        _check(table, "day_of_the_year", "month between 1 and 3 and day between 1 and 31"),
        _check(table, "resolution_given", "length(resolution) > 0"),
        _of_village(table),
        sa.PrimaryKeyConstraint("village_id", "number", name=op.f(f"pk_{table}")),
    )


def _make_runs() -> None:
    table = "year_end_run"
    op.create_table(
        table,
        _text("village_id"),
        _number("number"),
        _number("year"),
        _number("rule_number"),
        _amount("turn"),
        _number("accounts"),
        _amount("points_gone"),
        _amount("honour_given"),
        _amount("honour_gone"),
        _text("posted_by"),
        _text("confirmed_by"),
        _moment("posted_at"),
        _amount("next_index"),
        _moment("undone_at", nullable=True),
        _text("undone_by", nullable=True),
        _text("undone_second", nullable=True),
        _text("reason"),
        _check(table, "number", "number >= 1"),
        _check(table, "year", "year between 2000 and 2099"),
        _check(table, "two_people", "confirmed_by <> posted_by"),
        _check(table, "sums", "points_gone >= 0 and honour_given >= 0 and honour_gone >= 0"),
        _check(
            table,
            "undone_whole",
            "(undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_second is null)"
            " and (undone_at is null) = (reason = '')",
        ),
        _check(table, "undone_by_two", "undone_by is null or undone_by <> undone_second"),
        _of_village(table),
        _refers(table, "rule_number", "year_end_rule", key="number"),
        sa.PrimaryKeyConstraint("village_id", "number", name=op.f(f"pk_{table}")),
    )
    standing = sa.text("undone_at is null")
    op.create_index(
        "uq_year_end_run_year",
        table,
        ["village_id", "year"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _make_lines() -> None:
    table = "year_end_line"
    amounts = ("points", "honour", "old", "apart", "gone", "honour_given", "honour_gone")
    op.create_table(
        table,
        _text("village_id"),
        _number("run_number"),
        _text("participant_id"),
        *(_amount(name) for name in amounts),
        _amount("transaction_index", nullable=True),
        _check(table, "sums", "gone >= 0 and honour_given >= 0 and honour_gone >= 0 and apart >= 0"),
        _check(table, "never_more_than_there", "gone <= points or gone = 0"),
        _check(
            table,
            "posted_where_moved",
            "(transaction_index is null) = (gone = 0 and honour_given = 0 and honour_gone = 0)",
        ),
        _refers(table, "run_number", "year_end_run", key="number"),
        _refers(table, "participant_id", "participant", key="id"),
        sa.PrimaryKeyConstraint("village_id", "run_number", "participant_id", name=op.f(f"pk_{table}")),
    )
