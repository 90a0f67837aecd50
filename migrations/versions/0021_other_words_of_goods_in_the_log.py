"""Other words of goods in the log."""

from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the log tell what goods were called before and are called now."""
    change_log_kinds(op, add=["goods_described"])


def downgrade() -> None:
    """Forget the kind, unless the log has an entry of it."""
    change_log_kinds(op, remove=["goods_described"])
