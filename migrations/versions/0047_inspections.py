"""Inspections of a group's households, and the role of who makes them."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds, replace_checks

revision = "0047"
down_revision = "0044"
branch_labels = None
depends_on = None

_LOG_KINDS = [
    "walking_order_set",
    "inspection_begun",
    "inspection_ended",
    "inspection_made",
    "inspection_looked_again",
    "inspection_decided",
]
_TABLES = ("walking_place", "inspection_round", "inspection", "inspection_fault", "inspection_decision")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)
_ROLES = "'committee', 'clerk', 'supervisor', 'admin', 'county', 'leader'"


def upgrade() -> None:
    """Make the tables of inspections; let a role be that of an inspector of one group."""
    change_log_kinds(op, add=_LOG_KINDS)
    replace_checks(
        op,
        "staff_role",
        {
            "ck_staff_role_role": f"role IN ({_ROLES}, 'inspector')",
            "ck_staff_role_group_of_leader": "(role IN ('leader', 'inspector')) = (group_id IS NOT NULL)",
        },
    )
    _make_rounds()
    _make_faults()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def _make_rounds() -> None:
    """Make what is written while one walks."""
    op.create_table(
        "walking_place",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_walking_place_place")),
        _of("walking_place", "participant_id", "participant"),
        sa.PrimaryKeyConstraint("village_id", "participant_id", name=op.f("pk_walking_place")),
    )
    op.create_table(
        "inspection_round",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_by is null)", name=op.f("ck_inspection_round_ended_by_somebody")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_inspection_round_village_id")),
        _of("inspection_round", "group_id", "village_group"),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_inspection_round")),
    )
    open_one = sa.text("ended_at is null")
    op.create_index(
        "uq_inspection_round_open",
        "inspection_round",
        ["village_id", "group_id"],
        unique=True,
        sqlite_where=open_one,
        postgresql_where=open_one,
    )
    op.create_index(
        "ix_inspection_round_village_id_begun_at", "inspection_round", ["village_id", "begun_at", "id"]
    )
    op.create_table(
        "inspection",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("inspected_at", _MOMENT, nullable=False),
        sa.Column("inspected_by", sa.String(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("looked_at", _MOMENT, nullable=True),
        sa.Column("looked_by", sa.String(), nullable=True),
        sa.CheckConstraint("verdict in ('clean', 'fair', 'dirty')", name=op.f("ck_inspection_verdict")),
        sa.CheckConstraint("due_on > inspected_on", name=op.f("ck_inspection_due_later")),
        sa.CheckConstraint(
            "verdict <> 'clean' or due_on is null", name=op.f("ck_inspection_clean_without_faults")
        ),
        sa.CheckConstraint(
            "verdict <> 'dirty' or due_on is not null", name=op.f("ck_inspection_dirty_with_faults")
        ),
        sa.CheckConstraint(
            "(looked_at is null) = (looked_by is null) and (looked_at is null) = (looked_on is null)",
            name=op.f("ck_inspection_looked_by_somebody"),
        ),
        sa.CheckConstraint(
            "looked_at is null or due_on is not null", name=op.f("ck_inspection_looked_at_faults")
        ),
        _of("inspection", "round_id", "inspection_round"),
        _of("inspection", "participant_id", "participant"),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_inspection")),
    )
    op.create_index(
        "uq_inspection_household", "inspection", ["village_id", "round_id", "participant_id"], unique=True
    )
    op.create_index(
        "ix_inspection_village_id_participant_id",
        "inspection",
        ["village_id", "participant_id", "inspected_at"],
    )
    waits = sa.text("looked_at is null")
    op.create_index(
        "ix_inspection_village_id_due",
        "inspection",
        ["village_id", "due_on"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_index(
        "ix_inspection_village_id_inspected_at", "inspection", ["village_id", "inspected_at", "id"]
    )


def _make_faults() -> None:
    """Make what was found at a household, and what meetings decided about it."""
    op.create_table(
        "inspection_fault",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("item_title", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.CheckConstraint(
            "status in ('found', 'put_right', 'mistaken', 'left', 'taken', 'declined')",
            name=op.f("ck_inspection_fault_status"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_inspection_fault_number")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_inspection_fault_quantity")),
        _of("inspection_fault", "inspection_id", "inspection"),
        sa.PrimaryKeyConstraint("village_id", "inspection_id", "number", name=op.f("pk_inspection_fault")),
    )
    op.create_index("ix_inspection_fault_village_id_status", "inspection_fault", ["village_id", "status"])
    op.create_table(
        "inspection_decision",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("fault", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind in ('taken', 'declined', 'put_back')", name=op.f("ck_inspection_decision_kind")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_inspection_decision_number")),
        sa.CheckConstraint(
            "(kind = 'declined') = (score_id is null)", name=op.f("ck_inspection_decision_score_given")
        ),
        sa.CheckConstraint(
            "(kind = 'declined') = (reason <> '')", name=op.f("ck_inspection_decision_reason_given")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "inspection_id", "fault"],
            ["inspection_fault.village_id", "inspection_fault.inspection_id", "inspection_fault.number"],
            name=op.f("fk_inspection_decision_village_id_inspection_id_fault"),
        ),
        _of("inspection_decision", "meeting_id", "meeting"),
        _of("inspection_decision", "score_id", "score"),
        sa.PrimaryKeyConstraint(
            "village_id", "inspection_id", "fault", "number", name=op.f("pk_inspection_decision")
        ),
    )
    op.create_index(
        "uq_inspection_decision_score", "inspection_decision", ["village_id", "score_id", "kind"], unique=True
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """Return the key to a row of the same village."""
    name = op.f(f"fk_{table}_village_id_{column}")
    return sa.ForeignKeyConstraint(["village_id", column], [f"{other}.village_id", f"{other}.id"], name=name)


def downgrade() -> None:
    """Drop the tables of inspections, and the roles of inspectors, which an older program does not know."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    op.execute(sa.text("DELETE FROM staff_role WHERE role = 'inspector'"))
    replace_checks(
        op,
        "staff_role",
        {
            "ck_staff_role_role": f"role IN ({_ROLES})",
            "ck_staff_role_group_of_leader": "(role = 'leader') = (group_id IS NOT NULL)",
        },
    )
    change_log_kinds(op, remove=_LOG_KINDS)
