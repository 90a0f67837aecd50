"""Keepers' rounds, checks of their places, and what people decided after failed ones."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_kinds, change_log_kinds

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

_LOG_KINDS = [
    "keeper_list_adopted",
    "keeper_patrolled",
    "keeper_checked",
    "keeper_looked_again",
    "keeper_check_struck",
    "keeper_decided",
]
_OWNER = "keeper_check"
_TABLES = (
    *("keeper_list", "keeper_list_item", "keeper_patrol", "keeper_check", "keeper_fault"),
    "keeper_decision",
)
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of keepers; an attachment may belong to a check."""
    change_log_kinds(op, add=_LOG_KINDS)
    change_kinds(op, "attachment", column="owner_kind", add=[_OWNER])
    _make_lists()
    _make_patrols()
    _make_checks()
    _make_faults()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of keepers."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_kinds(op, "attachment", column="owner_kind", remove=[_OWNER])
    change_log_kinds(op, remove=_LOG_KINDS)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, _MOMENT, nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str, theirs: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", column],
        [f"{to}.village_id", f"{to}.{theirs}"],
        name=op.f(f"fk_{table}_village_id_{column}"),
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("village_id", *columns, name=op.f(f"pk_{table}"))


def _make_lists() -> None:
    table = "keeper_list"
    op.create_table(
        table,
        _text("village_id"),
        _number("number"),
        _number("pass_mark"),
        _text("resolution"),
        _day("from_date"),
        _moment("adopted_at"),
        _text("adopted_by"),
        _check(table, "number", "number >= 1"),
        _check(table, "pass_mark", "pass_mark between 1 and 10000"),
        _check(table, "resolution_given", "length(resolution) > 0"),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id")),
        _key(table, "number"),
    )
    table = "keeper_list_item"
    op.create_table(
        table,
        _text("village_id"),
        _number("list_number"),
        _number("position"),
        _text("title"),
        _number("full_mark"),
        _number("per_fault"),
        _check(table, "position", "position >= 1"),
        _check(table, "title_given", "length(title) between 1 and 40"),
        _check(table, "marks", "full_mark > 0 and per_fault > 0 and per_fault <= full_mark"),
        _refers(table, "list_number", "keeper_list", "number"),
        _key(table, "list_number", "position"),
    )


def _make_patrols() -> None:
    table = "keeper_patrol"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _text("participant_id"),
        _text("place"),
        _day("patrolled_on"),
        _text("words"),
        _moment("recorded_at"),
        _text("recorded_by"),
        _check(table, "place_given", "place <> ''"),
        _refers(table, "participant_id", "participant", "id"),
        _key(table, "id"),
    )
    op.create_index(
        "uq_keeper_patrol_day", table, ["village_id", "participant_id", "patrolled_on", "place"], unique=True
    )
    op.create_index("ix_keeper_patrol_village_id_patrolled_on", table, ["village_id", "patrolled_on", "id"])


def _make_checks() -> None:
    table = "keeper_check"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _text("participant_id"),
        _number("list_number"),
        _text("place"),
        _day("checked_on"),
        _text("checker"),
        _number("score"),
        sa.Column("failed", sa.Boolean(), nullable=False),
        _text("words"),
        _day("due_on", nullable=True),
        _moment("recorded_at"),
        _text("recorded_by"),
        _day("looked_on", nullable=True),
        _moment("looked_at", nullable=True),
        _text("looked_by", nullable=True),
        _moment("struck_at", nullable=True),
        _text("struck_by", nullable=True),
        _text("struck_why"),
        _check(table, "place_given", "place <> '' and checker <> ''"),
        _check(table, "score", "score between 0 and 10000"),
        _check(table, "due_later", "due_on > checked_on"),
        _check(
            table,
            "looked_by_somebody",
            "(looked_at is null) = (looked_by is null) and (looked_at is null) = (looked_on is null)",
        ),
        _check(table, "looked_at_faults", "looked_at is null or due_on is not null"),
        _check(
            table,
            "struck_by_somebody",
            "(struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_why = '')",
        ),
        _check(table, "struck_by_another", "struck_by <> recorded_by"),
        _refers(table, "participant_id", "participant", "id"),
        _refers(table, "list_number", "keeper_list", "number"),
        _key(table, "id"),
    )
    op.create_index(
        "ix_keeper_check_village_id_participant_id", table, ["village_id", "participant_id", "checked_on"]
    )
    op.create_index("ix_keeper_check_village_id_checked_on", table, ["village_id", "checked_on", "id"])


def _make_faults() -> None:
    table = "keeper_fault"
    op.create_table(
        table,
        _text("village_id"),
        _text("check_id"),
        _number("position"),
        _number("faults"),
        _number("lost"),
        _text("status"),
        _check(table, "status", "status in ('found', 'put_right', 'left')"),
        _check(table, "counted", "position >= 1 and faults >= 1 and lost > 0"),
        _refers(table, "check_id", "keeper_check", "id"),
        _key(table, "check_id", "position"),
    )
    table = "keeper_decision"
    op.create_table(
        table,
        _text("village_id"),
        _text("check_id"),
        _text("words"),
        _text("resolution"),
        _day("decided_on"),
        _moment("recorded_at"),
        _text("recorded_by"),
        _check(table, "words_given", "words <> '' and resolution <> ''"),
        _refers(table, "check_id", "keeper_check", "id"),
        _key(table, "check_id"),
    )
