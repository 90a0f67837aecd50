"""A black listing does not go up while the score that it rests on is contested."""

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table: every migration ends by making the guards anew, now with one more rule for votes.

    Listings that are up stay as they are; while such a score is contested none of them is shown.
    """


def downgrade() -> None:
    """Change no table; the guards are those of the program that runs."""
