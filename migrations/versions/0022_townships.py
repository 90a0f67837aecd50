"""Townships: which villages one is made of, and a role whose place is one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_KINDS = ("village_placed", "township_renamed")


def upgrade() -> None:
    """Let villages lie in townships and roles name one; none does as yet.

    A database that went back to an older version has kept its townships, since the logs tell of them.
    """
    change_log_kinds(op, add=_KINDS)
    if "township" not in sa.inspect(op.get_bind()).get_table_names():
        _make_townships()
    _make(
        [one | {"township_id": None} for one in _take()],
        "coalesce(village_id || coalesce('/' || group_id, ''), '@' || township_id, '*')",
        sa.Column("township_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "township_id IS NULL OR (role = 'county' AND village_id IS NULL)",
            name=op.f("ck_staff_role_county_of_township"),
        ),
        sa.ForeignKeyConstraint(["township_id"], ["township.id"], name=op.f("fk_staff_role_township_id")),
    )
    op.create_index(op.f("ix_staff_role_township_id"), "staff_role", ["township_id"])


def downgrade() -> None:
    """Take the roles of townships away, which an older program would take for roles in all villages.

    Townships stay if there are any: logs tell of them, and an older program ignores them.
    """
    roles = [one for one in _take() if one.pop("township_id") is None]
    _make(roles, "coalesce(village_id || coalesce('/' || group_id, ''), '*')")
    if op.get_bind().execute(sa.text("SELECT 1 FROM township LIMIT 1")).first() is None:
        op.drop_table("village_township")
        op.drop_table("township")
    change_log_kinds(op, remove=_KINDS)


def _make_townships() -> None:
    """Make the tables of townships."""
    op.create_table(
        "township",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_township_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_township")),
        sa.UniqueConstraint("name", name=op.f("uq_township_name")),
    )
    op.create_table(
        "village_township",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("township_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_village_township_village_id")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_village_township_township_id")
        ),
        sa.PrimaryKeyConstraint("village_id", "township_id", name=op.f("pk_village_township")),
        sa.UniqueConstraint("village_id", name=op.f("uq_village_township_village_id")),
    )
    op.create_index(op.f("ix_village_township_township_id"), "village_township", ["township_id"])


def _take() -> list[dict[str, Any]]:
    """Return the rows, and drop the table: there are a few hundred, and nothing refers to them."""
    found = op.get_bind().execute(sa.text("SELECT * FROM staff_role ORDER BY staff_id, scope, seat"))
    roles = [dict(row) for row in found.mappings()]
    op.drop_table("staff_role")
    return roles


def _make(roles: list[dict[str, Any]], scope: str, *further: Any) -> None:
    """Make the table again with its rows."""
    made = op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("village_id", sa.String(), nullable=True),
        sa.Column("group_id", sa.String(), nullable=True),
        *further,
        sa.CheckConstraint(
            "(role IN ('committee', 'supervisor') AND seat = 'judgement')"
            " OR (role NOT IN ('committee', 'supervisor') AND seat = role)",
            name=op.f("ck_staff_role_seat"),
        ),
        sa.CheckConstraint(
            "role = 'admin' OR (role = 'county' AND village_id IS NULL)"
            " OR (role <> 'county' AND village_id IS NOT NULL)",
            name=op.f("ck_staff_role_place"),
        ),
        sa.CheckConstraint(
            "role IN ('committee', 'clerk', 'supervisor', 'admin', 'county', 'leader')",
            name=op.f("ck_staff_role_role"),
        ),
        sa.CheckConstraint(
            "(role = 'leader') = (group_id IS NOT NULL)", name=op.f("ck_staff_role_group_of_leader")
        ),
        sa.CheckConstraint(f"scope = {scope}", name=op.f("ck_staff_role_scope")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_staff_role_village_id")),
        sa.ForeignKeyConstraint(
            ["village_id", "group_id"],
            ["village_group.village_id", "village_group.id"],
            name=op.f("fk_staff_role_village_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("staff_id", "scope", "seat", name=op.f("pk_staff_role")),
    )
    op.create_index(op.f("ix_staff_role_village_id"), "staff_role", ["village_id"])
    if roles:
        op.bulk_insert(made, roles)
