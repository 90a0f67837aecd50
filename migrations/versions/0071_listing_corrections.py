"""A household that was listed wrongly may decline that a correction hangs: the log says so."""

from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

_LOG_KINDS = ["listing_correction_declined"]


def upgrade() -> None:
    """Let the log tell of it."""
    change_log_kinds(op, add=_LOG_KINDS)


def downgrade() -> None:
    """Let it tell of it no more."""
    change_log_kinds(op, remove=_LOG_KINDS)
