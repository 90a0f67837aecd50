"""The log of every village tells which key signs its checkpoints."""

from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_LOG_KINDS = ["signing_key_set"]


def upgrade() -> None:
    """Let the log tell of a signing key."""
    change_log_kinds(op, add=_LOG_KINDS)


def downgrade() -> None:
    """Let it tell of none any more; what it has told stays."""
    change_log_kinds(op, remove=_LOG_KINDS)
