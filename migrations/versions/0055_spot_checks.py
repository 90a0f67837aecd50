"""Dice thrown at the assembly draw entries of a closed month, which two people look at on the spot."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_LOG_KINDS = [
    "spot_check_planned",
    "spot_check_thrown",
    "spot_check_answered",
    "spot_check_signed",
    "spot_check_sealed",
]
_TABLES = ("spot_check", "spot_check_throw", "spot_check_answer")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of draws, dice and answers."""
    change_log_kinds(op, add=_LOG_KINDS)
    _make_draws()
    _make_throws()
    _make_answers()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of spot checks."""
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


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _index(*, nullable: bool = False) -> sa.Column[int]:
    return sa.Column("log_index", sa.BigInteger(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str, *, key: str = "") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", column],
        [f"{to}.village_id", f"{to}.{key or column}"],
        name=op.f(f"fk_{table}_village_id_{column}"),
    )


def _make_draws() -> None:
    table = "spot_check"
    op.create_table(
        table,
        _text("village_id"),
        _text("month"),
        _number("size"),
        _number("population"),
        _text("planned_by"),
        _moment("planned_at"),
        _text("signed_by", nullable=True),
        _moment("signed_at", nullable=True),
        _text("sealed_by", nullable=True),
        _moment("sealed_at", nullable=True),
        _index(nullable=True),
        _check(table, "size", "size between 1 and 100 and size <= population"),
        _check(table, "signed", "(signed_by is null) = (signed_at is null)"),
        _check(table, "sealed", "(sealed_by is null) = (sealed_at is null)"),
        _check(table, "sealed_logged", "(sealed_by is null) = (log_index is null)"),
        _check(table, "signed_before", "sealed_by is null or signed_by is not null"),
        _check(table, "two_people", "sealed_by is null or sealed_by <> signed_by"),
        _refers(table, "month", "anchor"),
        _refers(table, "log_index", "log_entry"),
        sa.PrimaryKeyConstraint("village_id", "month", name=op.f(f"pk_{table}")),
    )


def _make_throws() -> None:
    table = "spot_check_throw"
    op.create_table(
        table,
        _text("village_id"),
        _text("month"),
        _number("number"),
        _text("dice"),
        _text("thrower_id"),
        _text("witness_id"),
        _text("reason"),
        _text("recorded_by"),
        _moment("recorded_at"),
        _check(table, "number", "number between 1 and 2"),
        _check(table, "dice", "length(dice) = 10"),
        _check(table, "two_households", "thrower_id <> witness_id"),
        _check(table, "reason_given", "(number = 2) = (reason <> '')"),
        _refers(table, "month", "spot_check"),
        _refers(table, "thrower_id", "participant", key="id"),
        _refers(table, "witness_id", "participant", key="id"),
        sa.PrimaryKeyConstraint("village_id", "month", "number", name=op.f(f"pk_{table}")),
    )


def _make_answers() -> None:
    table = "spot_check_answer"
    op.create_table(
        table,
        _text("village_id"),
        _text("month"),
        _index(),
        _number("number"),
        _text("answer"),
        _text("note"),
        _text("first_id"),
        _text("second_id"),
        _text("recorded_by"),
        _moment("recorded_at"),
        _check(table, "answer", "answer in ('true', 'not_true', 'not_findable')"),
        _check(table, "number", "number >= 1"),
        _check(table, "two_households", "first_id <> second_id"),
        _refers(table, "month", "spot_check"),
        _refers(table, "log_index", "log_entry"),
        _refers(table, "first_id", "participant", key="id"),
        _refers(table, "second_id", "participant", key="id"),
        sa.PrimaryKeyConstraint("village_id", "month", "log_index", "number", name=op.f(f"pk_{table}")),
    )
