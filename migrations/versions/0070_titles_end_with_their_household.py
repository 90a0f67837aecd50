"""The guards of titles: one ends with its household, none is given to who is barred. No table changes."""

revision = "0070"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: every migration ends by making the guards anew."""


def downgrade() -> None:
    """Nothing, for the same reason."""
