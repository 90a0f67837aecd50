"""Who wrote an objection down does not answer it."""

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table: every migration ends by making the guards anew, now two more, for new answers.

    Answers that stand already stay as they are: they were given by the rules of their day.
    """


def downgrade() -> None:
    """Change no table; the guards are those of the program that runs."""
