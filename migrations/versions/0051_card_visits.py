"""A household's card opens its own file on a telephone for a quarter of an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table of visits by card."""
    table = "card_visit"
    op.create_table(
        table,
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("village_id", "digest", "card_id", "participant_id")
        ),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_card_visit_digest")),
        sa.CheckConstraint("ends_at > begun_at", name=op.f("ck_card_visit_ends_after")),
        *(
            sa.ForeignKeyConstraint(
                ["village_id", column],
                [f"{to}.village_id", f"{to}.id"],
                name=op.f(f"fk_card_visit_village_id_{column}"),
            )
            for column, to in (("card_id", "card"), ("participant_id", "participant"))
        ),
        sa.PrimaryKeyConstraint("village_id", "digest", name=op.f("pk_card_visit")),
    )
    for column in ("participant_id", "ends_at"):
        op.create_index(f"ix_card_visit_village_id_{column}", table, ["village_id", column])


def downgrade() -> None:
    """Drop the visits: whoever looks scans the card again."""
    op.drop_table("card_visit")
