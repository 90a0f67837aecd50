"""Terms of items."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ASIDE = "scheme_item_aside"
_EMPTY = {"least": None, "most": None, "steps": "", "per_fault": None}
_OLD_CHECKS = {
    "ck_scheme_item_shape": "shape in ('fixed', 'range', 'per_unit', 'full_mark', 'ladder', 'rate', 'once')",
    "ck_scheme_item_amounts": "points >= 0 and least >= 0 and most >= least and per_fault >= 0",
}
_NEW_CHECKS = {
    "ck_scheme_item_shape": "length(shape) between 1 and 32"
    " and ltrim(shape, 'abcdefghijklmnopqrstuvwxyz0123456789_') = ''",
    "ck_scheme_item_amounts": "points >= 0",
    "ck_scheme_item_terms": "substr(terms, 1, 1) = '{' and substr(terms, length(terms), 1) = '}'",
}


def upgrade() -> None:
    """Put the cells that only an item's shape reads into one object; which shapes there are the program says."""

    _drop_guards()
    op.add_column("scheme_item", sa.Column("terms", sa.String(), nullable=False, server_default="{}"))
    later = _take_back()
    for row in _rows(*_EMPTY):
        terms = {key: row[key] for key, empty in _EMPTY.items() if row[key] != empty}
        terms |= later.get((row["village_id"], row["id"]), {})
        _update(row, {"terms": _text(terms)})
    with op.batch_alter_table("scheme_item", copy_from=_table(_OLD_CHECKS)) as batch:
        for name in _OLD_CHECKS:
            batch.drop_constraint(op.f(name), type_="check")
        for column in _EMPTY:
            batch.drop_column(column)
        batch.alter_column("terms", existing_type=sa.String(), existing_nullable=False, server_default=None)
        for name, rule in _NEW_CHECKS.items():
            batch.create_check_constraint(op.f(name), rule)


def downgrade() -> None:
    """Give each cell its column again, what has none is kept beside; a newer shape cannot go back."""

    _drop_guards()
    for column in _old_columns():
        column.server_default = sa.DefaultClause("") if column.name == "steps" else None
        op.add_column("scheme_item", column)
    beside = []
    for row in _rows("terms"):
        terms = json.loads(row["terms"])
        _update(row, _EMPTY | {key: value for key, value in terms.items() if key in _EMPTY})
        if rest := {key: value for key, value in terms.items() if key not in _EMPTY}:
            beside.append({"village_id": row["village_id"], "id": row["id"], "terms": _text(rest)})
    _put_beside(beside)
    with op.batch_alter_table("scheme_item", copy_from=_table(_NEW_CHECKS)) as batch:
        for name in _NEW_CHECKS:
            batch.drop_constraint(op.f(name), type_="check")
        batch.drop_column("terms")
        batch.alter_column("steps", existing_type=sa.String(), existing_nullable=False, server_default=None)
        for name, rule in _OLD_CHECKS.items():
            batch.create_check_constraint(op.f(name), rule)


def _text(terms: dict[str, Any]) -> str:
    return json.dumps(terms, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _put_beside(rows: Sequence[dict[str, str]]) -> None:
    """Keep cells that had no column then: a village that goes back and forth has them again."""
    if rows:
        named = [sa.Column(name, sa.String(), nullable=False) for name in ("village_id", "id", "terms")]
        op.bulk_insert(op.create_table(_ASIDE, *named), list(rows))


def _take_back() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the cells that were kept beside, by village and item, if any were, and drop them there."""
    connection = op.get_bind()
    if not sa.inspect(connection).has_table(_ASIDE):
        return {}
    named = sa.table(_ASIDE, *map(sa.column, ("village_id", "id", "terms")))
    found = {
        (one.village_id, one.id): json.loads(one.terms) for one in connection.execute(sa.select(*named.c))
    }
    op.drop_table(_ASIDE)
    return found


def _rows(*columns: str) -> Sequence[Any]:
    """Every item's key with these columns."""
    named = sa.table("scheme_item", *map(sa.column, ("village_id", "id", *columns)))
    return op.get_bind().execute(sa.select(*named.c)).mappings().all()


def _update(row: Any, values: dict[str, Any]) -> None:
    """Set columns of one item."""
    item = sa.table("scheme_item", *map(sa.column, ("village_id", "id", *values)))
    chosen = (item.c.village_id == row["village_id"], item.c.id == row["id"])
    op.get_bind().execute(sa.update(item).where(*chosen).values(values))


def _drop_guards() -> None:
    """SQLite copies no table that a trigger names, and a guard keeps items as adopted; all are made anew after."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP TRIGGER IF EXISTS guard_scheme_item_update ON scheme_item")
        return
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
    for (name,) in op.get_bind().exec_driver_sql(triggers).fetchall():
        op.execute(f'DROP TRIGGER "{name}"')


def _old_columns() -> list[sa.Column[Any]]:
    """The columns of cells that only some shapes read."""
    return [
        sa.Column("least", sa.BigInteger(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("steps", sa.String(), nullable=False),
        sa.Column("per_fault", sa.BigInteger(), nullable=True),
    ]


def _table(checks: dict[str, str]) -> sa.Table:
    """The items with both the old columns and the new, for SQLite, which does not tell its checks."""
    return sa.Table(
        "scheme_item",
        sa.MetaData(),
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scheme_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("cap_period", sa.String(), nullable=False),
        sa.Column("cap_points", sa.BigInteger(), nullable=True),
        sa.Column("cap_times", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("applies_to", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("scored_in", sa.String(), nullable=False),
        sa.Column("double_months", sa.Integer(), nullable=False),
        *_old_columns(),
        sa.Column("terms", sa.String(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(name)) for name, rule in checks.items()),
        sa.CheckConstraint(
            "cap_period in ('', 'day', 'month', 'quarter', 'half_year', 'year', 'ever')",
            name=op.f("ck_scheme_item_cap_period"),
        ),
        sa.CheckConstraint("direction in ('plus', 'minus', 'veto')", name=op.f("ck_scheme_item_direction")),
        sa.CheckConstraint("cap_points > 0 and cap_times > 0", name=op.f("ck_scheme_item_caps")),
        sa.CheckConstraint("double_months between 0 and 120", name=op.f("ck_scheme_item_double_months")),
        sa.CheckConstraint(
            "length(code) between 1 and 32 and length(title) between 1 and 200",
            name=op.f("ck_scheme_item_lengths"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "scheme_id"],
            ["scheme.village_id", "scheme.id"],
            name=op.f("fk_scheme_item_village_id_scheme_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_scheme_item")),
        sa.UniqueConstraint(
            "village_id", "scheme_id", "code", name=op.f("uq_scheme_item_village_id_scheme_id_code")
        ),
        sa.UniqueConstraint(
            "village_id", "scheme_id", "position", name=op.f("uq_scheme_item_village_id_scheme_id_position")
        ),
    )
