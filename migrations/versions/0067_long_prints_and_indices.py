"""Long prints that are made by themselves; the village's indices: what counts, and each closed month's figures."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_kinds, change_log_kinds

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

_LOG_KINDS = ["index_rules_adopted"]
_FORMS = ["pdf", "zip"]
_WITNESSED = ("index_adoption", "index_rule", "index_figure")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)
_STATES = ("waiting", "running", "done", "failed", "cancelled", "removed")
_KINDS = ("environment", "public_places", "relations")
_MEASURES = ("full_mark", "clear_share")
_WHOSE = ("household", "place")


def upgrade() -> None:
    """Make the tables of long prints and of indices."""
    change_log_kinds(op, add=_LOG_KINDS)
    change_kinds(op, "export_record", column="form", add=_FORMS)
    _make_runs()
    _make_adoptions()
    _make_rules()
    _make_figures()
    for table in _WITNESSED:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop them; what the log tells of is kept beside."""
    for table in reversed(_WITNESSED):
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    op.drop_index(op.f("ix_print_run_village_id_state_asked_at"), "print_run")
    op.drop_table("print_run")
    change_kinds(op, "export_record", column="form", remove=_FORMS)
    change_log_kinds(op, remove=_LOG_KINDS)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, _MOMENT, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    return _check(table, column, f"{column} in ({', '.join(map(repr, values))})")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", column],
        [f"{to}.village_id", f"{to}.{column}"],
        name=op.f(f"fk_{table}_village_id_{column}"),
    )


def _of_village(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id"))


def _make_runs() -> None:
    table = "print_run"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _text("kind"),
        _text("title"),
        _text("options"),
        _text("state"),
        _number("attempts"),
        _number("step"),
        _number("steps"),
        _text("doing"),
        _text("asked_by"),
        _moment("asked_at"),
        _moment("began_at", nullable=True),
        _moment("ended_at", nullable=True),
        _text("file"),
        _number("size"),
        _text("result"),
        _text("error"),
        _moment("removed_at", nullable=True),
        _one_of(table, "state", _STATES),
        _check(table, "step", "step >= 0 AND step <= steps"),
        _check(table, "file", "(state = 'done') = (file <> '' AND removed_at IS NULL)"),
        _check(table, "error", "(state = 'failed') = (error <> '')"),
        _check(table, "counts", "attempts >= 0 AND size >= 0"),
        _of_village(table),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        op.f("ix_print_run_village_id_state_asked_at"), table, ["village_id", "state", "asked_at"]
    )


def _make_adoptions() -> None:
    table = "index_adoption"
    op.create_table(
        table,
        _text("village_id"),
        _number("number"),
        _text("resolution"),
        _text("from_month"),
        _moment("adopted_at"),
        _text("adopted_by"),
        _check(table, "number", "number >= 1"),
        _check(table, "resolution", "resolution <> ''"),
        _of_village(table),
        sa.PrimaryKeyConstraint("village_id", "number", name=op.f(f"pk_{table}")),
    )


def _make_rules() -> None:
    table = "index_rule"
    op.create_table(
        table,
        _text("village_id"),
        _number("number"),
        _text("kind"),
        _text("measure"),
        _text("whose"),
        _text("counted"),
        _number("per_fault"),
        sa.Column("inspections", sa.Boolean(), nullable=False),
        _one_of(table, "kind", _KINDS),
        _one_of(table, "measure", _MEASURES),
        _one_of(table, "whose", _WHOSE),
        _check(table, "counted", "counted <> ''"),
        _check(table, "per_fault", "(measure = 'full_mark') = (per_fault > 0)"),
        _check(table, "per_fault_least", "per_fault between 0 and 10000"),
        _refers(table, "number", "index_adoption"),
        sa.PrimaryKeyConstraint("village_id", "number", "kind", name=op.f(f"pk_{table}")),
    )


def _make_figures() -> None:
    table = "index_figure"
    op.create_table(
        table,
        _text("village_id"),
        _text("month"),
        _text("kind"),
        _number("number"),
        _number("subjects"),
        _number("affected"),
        _number("faults"),
        _number("value", nullable=True),
        _one_of(table, "kind", _KINDS),
        _check(table, "value", "value between 0 and 10000"),
        _check(
            table, "counts", "subjects >= 0 AND affected >= 0 AND affected <= subjects AND faults >= affected"
        ),
        _refers(table, "month", "closed_month"),
        sa.ForeignKeyConstraint(
            ["village_id", "number", "kind"],
            ["index_rule.village_id", "index_rule.number", "index_rule.kind"],
            name=op.f(f"fk_{table}_village_id_number_kind"),
        ),
        sa.PrimaryKeyConstraint("village_id", "month", "kind", name=op.f(f"pk_{table}")),
    )
