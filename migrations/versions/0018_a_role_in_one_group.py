"""A role whose place is one group of a village: who leads it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_KNOWN = "'committee', 'clerk', 'supervisor', 'admin', 'county'"


def upgrade() -> None:
    """Let a role name a group; those that there are name none."""
    roles = _take()
    _make(
        [one | {"group_id": None} for one in roles],
        f"{_KNOWN}, 'leader'",
        "coalesce(village_id || coalesce('/' || group_id, ''), '*')",
        sa.Column("group_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(role = 'leader') = (group_id IS NOT NULL)", name=op.f("ck_staff_role_group_of_leader")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "group_id"],
            ["village_group.village_id", "village_group.id"],
            name=op.f("fk_staff_role_village_id_group_id"),
        ),
    )


def downgrade() -> None:
    """Take the roles of leaders away, which an older program does not know: it would let them see all."""
    roles = [one for one in _take() if one.pop("group_id") is None]
    _make(roles, _KNOWN, "coalesce(village_id, '*')")


def _take() -> list[dict[str, Any]]:
    """Return the rows, and drop the table: there are a few hundred, and nothing refers to them."""
    found = op.get_bind().execute(sa.text("SELECT * FROM staff_role ORDER BY staff_id, scope, seat"))
    roles = [dict(row) for row in found.mappings()]
    op.drop_table("staff_role")
    return roles


def _make(roles: list[dict[str, Any]], known: str, scope: str, *further: Any) -> None:
    """Make the table again with its rows."""
    made = op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("village_id", sa.String(), nullable=True),
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
        sa.CheckConstraint(f"role IN ({known})", name=op.f("ck_staff_role_role")),
        sa.CheckConstraint(f"scope = {scope}", name=op.f("ck_staff_role_scope")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_staff_role_village_id")),
        sa.PrimaryKeyConstraint("staff_id", "scope", "seat", name=op.f("pk_staff_role")),
    )
    op.create_index(op.f("ix_staff_role_village_id"), "staff_role", ["village_id"])
    if roles:
        op.bulk_insert(made, roles)
