"""A warning goes up, and is countersigned, only when the score that it rests on is posted."""

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table: every migration ends by making the guards anew, now with one more rule for votes.

    What is up or countersigned stays as it is.
    """


def downgrade() -> None:
    """Change no table; the guards are those of the program that runs."""
