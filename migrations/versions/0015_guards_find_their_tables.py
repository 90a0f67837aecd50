"""Guards find their tables."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table: every migration ends by making the guards anew, now with a path of their own.

    A dump empties `search_path` while it is loaded; a guard that looked for a table then found none, and the
    rows it watches over stayed out.
    """


def downgrade() -> None:
    """Change no table; the guards are those of the program that runs."""
