"""Weddings and funerals are announced, pledged, seen by elders and decided by a meeting."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_kinds, change_log_kinds

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_LOG_KINDS = [
    "ceremony_limits_adopted",
    "ceremony_announced",
    "ceremony_signed",
    "ceremony_changed",
    "ceremony_reported",
    "ceremony_decided",
]
_OWNER = "ceremony"
_TABLES = ("ceremony_limits", "ceremony", "ceremony_change", "ceremony_report", "ceremony_decision")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of limits, announcements, changes, reports and decisions; an attachment may belong to one."""
    change_log_kinds(op, add=_LOG_KINDS)
    change_kinds(op, "attachment", column="owner_kind", add=[_OWNER])
    _make_limits()
    _make_announcements()
    _make_changes()
    _make_reports()
    _make_decisions()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of ceremonies; their scores stay."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_kinds(op, "attachment", column="owner_kind", remove=[_OWNER])
    change_log_kinds(op, remove=_LOG_KINDS)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str, *, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", column],
        [f"{to}.village_id", f"{to}.{key}"],
        name=op.f(f"fk_{table}_village_id_{column}"),
    )


def _of_village(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id"))


def _make_limits() -> None:
    table = "ceremony_limits"
    op.create_table(
        table,
        _text("village_id"),
        _number("number"),
        *(_number(name, nullable=True) for name in ("tables", "cars", "days", "gift")),
        _number("ahead_days"),
        _text("resolution"),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("adopted_at", _MOMENT, nullable=False),
        _text("adopted_by"),
        _check(table, "number", "number >= 1"),
        _check(table, "above_zero", "tables > 0 and cars > 0 and days > 0 and gift > 0"),
        _check(table, "ahead_days", "ahead_days between 0 and 60"),
        _check(table, "resolution_given", "length(resolution) > 0"),
        _of_village(table),
        sa.PrimaryKeyConstraint("village_id", "number", name=op.f(f"pk_{table}")),
    )


def _make_announcements() -> None:
    table = "ceremony"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _number("number"),
        _text("participant_id"),
        _text("kind"),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        _text("place"),
        _number("tables"),
        _number("cars"),
        _number("gift", nullable=True),
        _text("words"),
        _number("limits_number", nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        _text("status"),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("announced_at", _MOMENT, nullable=False),
        _text("announced_by"),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_at", _MOMENT, nullable=True),
        _text("signed_by", nullable=True),
        _check(
            table,
            "kind",
            "kind in ('wedding', 'funeral', 'house_moving', 'schooling', 'newborn', 'birthday')",
        ),
        _check(table, "status", "status in ('announced', 'reported', 'kept', 'not_kept', 'cancelled')"),
        _check(table, "number", "number >= 1"),
        _check(table, "last_after_first", "last_on >= held_on"),
        _check(table, "planned", "tables >= 0 and cars >= 0 and gift >= 0"),
        _check(table, "place_given", "place <> ''"),
        _check(table, "funeral_never_late", "kind <> 'funeral' or not late"),
        _check(
            table,
            "signed_recorded",
            "(signed_on is null) = (signed_by is null) and (signed_on is null) = (signed_at is null)",
        ),
        _check(table, "signed_after", "signed_on >= announced_on"),
        _of_village(table),
        _refers(table, "participant_id", "participant"),
        _refers(table, "limits_number", "ceremony_limits", key="number"),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f(f"pk_{table}")),
    )
    op.create_index("uq_ceremony_number", table, ["village_id", "number"], unique=True)
    standing = sa.text("status <> 'cancelled'")
    op.create_index(
        "uq_ceremony_announced",
        table,
        ["village_id", "participant_id", "kind", "held_on"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_ceremony_village_id_status", table, ["village_id", "status", "last_on"])
    op.create_index("ix_ceremony_village_id_held_on", table, ["village_id", "held_on", "id"])


def _make_changes() -> None:
    table = "ceremony_change"
    op.create_table(
        table,
        _text("village_id"),
        _text("ceremony_id"),
        _number("number"),
        _text("kind"),
        sa.Column("old_on", sa.Date(), nullable=False),
        sa.Column("new_on", sa.Date(), nullable=True),
        _text("reason"),
        sa.Column("changed_at", _MOMENT, nullable=False),
        _text("changed_by"),
        _check(table, "kind", "kind in ('postponed', 'cancelled')"),
        _check(table, "number", "number >= 1"),
        _check(table, "reason_given", "reason <> ''"),
        _check(table, "new_day_given", "(kind = 'postponed') = (new_on is not null)"),
        _refers(table, "ceremony_id", "ceremony"),
        sa.PrimaryKeyConstraint("village_id", "ceremony_id", "number", name=op.f(f"pk_{table}")),
    )


def _make_reports() -> None:
    table = "ceremony_report"
    elders = "elder_kind in ('village_elder', 'worthy', 'old_party_member', 'old_cadre')"
    op.create_table(
        table,
        _text("village_id"),
        _text("ceremony_id"),
        _text("elder_kind"),
        _text("elder_name"),
        _text("elder_participant_id", nullable=True),
        _text("panel_id", nullable=True),
        _number("member_number", nullable=True),
        *(_number(name) for name in ("tables", "cars", "days")),
        sa.Column("kept", sa.Boolean(), nullable=False),
        _text("words"),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reported_at", _MOMENT, nullable=False),
        _text("reported_by"),
        _check(table, "elder_kind", elders),
        _check(table, "elder_named", "length(elder_name) between 1 and 60"),
        _check(table, "counted", "tables >= 0 and cars >= 0 and days >= 0"),
        _check(table, "member", "(panel_id is null) = (member_number is null)"),
        _refers(table, "ceremony_id", "ceremony"),
        _refers(table, "elder_participant_id", "participant"),
        _refers(table, "panel_id", "panel"),
        sa.PrimaryKeyConstraint("village_id", "ceremony_id", name=op.f(f"pk_{table}")),
    )


def _make_decisions() -> None:
    table = "ceremony_decision"
    op.create_table(
        table,
        _text("village_id"),
        _text("ceremony_id"),
        _number("number"),
        _text("kind"),
        _text("meeting_id"),
        _text("score_id", nullable=True),
        _text("reason"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=False),
        _text("decided_by"),
        _check(table, "kind", "kind in ('kept', 'not_kept', 'put_back')"),
        _check(table, "number", "number >= 1"),
        _refers(table, "ceremony_id", "ceremony"),
        _refers(table, "meeting_id", "meeting"),
        _refers(table, "score_id", "score"),
        sa.PrimaryKeyConstraint("village_id", "ceremony_id", "number", name=op.f(f"pk_{table}")),
    )
    op.create_index("uq_ceremony_decision_score", table, ["village_id", "score_id", "kind"], unique=True)
