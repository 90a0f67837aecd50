"""Wrong tries of a PIN on a telephone are counted beside those at the till."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import replace_checks

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_TABLE = "pin"
_CHECKS = {"ck_pin_own_wrong": "own_wrong >= 0"}


def upgrade() -> None:
    """Add the count and until when the telephone waits; nobody has tried yet."""
    op.add_column(_TABLE, sa.Column("own_wrong", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(_TABLE, sa.Column("own_until", sa.DateTime(timezone=True), nullable=True))
    replace_checks(op, _TABLE, _CHECKS)


def downgrade() -> None:
    """Drop both: an older program counts every try with those at the till."""
    replace_checks(op, _TABLE, dict.fromkeys(_CHECKS))
    for name in ("own_until", "own_wrong"):
        op.drop_column(_TABLE, name)
