"""A title's person takes back that it is named in full; notices of titles are papers on walls."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_kinds, change_log_kinds

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

_LOG_KINDS = ["title_name_agreed", "title_name_withdrawn"]
_PAPERS = ["title_notice"]
_TABLE, _ASIDE = "title_agreement", "title_agreement_aside"


def upgrade() -> None:
    """Make the table of later words on being named, and let walls hold notices of titles."""
    change_log_kinds(op, add=_LOG_KINDS)
    change_kinds(op, "wall_copy", column="paper", add=_PAPERS)
    op.create_table(
        _TABLE,
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("title_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_title_agreement_number")),
        sa.ForeignKeyConstraint(
            ["village_id", "title_id"],
            ["title.village_id", "title.id"],
            name=op.f("fk_title_agreement_village_id_title_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "title_id", "number", name=op.f("pk_title_agreement")),
    )
    if sa.inspect(op.get_bind()).has_table(_ASIDE):
        op.execute(sa.text(f"INSERT INTO {_TABLE} SELECT * FROM {_ASIDE}"))
        op.drop_table(_ASIDE)


def downgrade() -> None:
    """Drop the table; papers of titles that hang stay as they are."""
    # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
    if op.get_bind().execute(sa.text(f"SELECT 1 FROM {_TABLE} LIMIT 1")).first():
        op.execute(sa.text(f"CREATE TABLE {_ASIDE} AS SELECT * FROM {_TABLE}"))
    op.drop_table(_TABLE)
    change_kinds(op, "wall_copy", column="paper", remove=_PAPERS)
    change_log_kinds(op, remove=_LOG_KINDS)
