"""What a village decides in the log: settings, groups, prices, roles, notices, objections, resolutions."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NEW_KINDS = (
    "village_founded",
    "settings_changed",
    "group_made",
    "group_renamed",
    "group_closed",
    "price_set",
    "roles_changed",
    "staff_disabled",
    "staff_enabled",
    "notice_up",
    "notice_down",
    "objection_filed",
    "objection_decided",
    "black_board_resolved",
    "black_board_ended",
    "consent_given",
    "consent_withdrawn",
)


def upgrade() -> None:
    """Let the log tell these, and let a group be closed. What was decided before stays without an entry."""
    change_log_kinds(op, add=_NEW_KINDS)
    op.add_column("village_group", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Open closed groups again, and forget the kinds that no log holds."""
    op.drop_column("village_group", "closed_at")
    change_log_kinds(op, remove=_NEW_KINDS)
