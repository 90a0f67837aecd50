"""A village chooses whether its notices are settled by themselves when their days are over."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import replace_checks

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the choice; it is empty where nobody chose: the log has digests of the rows from before."""
    op.add_column("village_settings", sa.Column("settling", sa.String(), nullable=True))
    checks = {"ck_village_settings_settling": "settling in ('by_hand', 'by_itself')"}
    replace_checks(op, "village_settings", checks)


def downgrade() -> None:
    """Drop the choice: an older program settles when somebody presses the button."""
    replace_checks(op, "village_settings", {"ck_village_settings_settling": None})
    op.drop_column("village_settings", "settling")
