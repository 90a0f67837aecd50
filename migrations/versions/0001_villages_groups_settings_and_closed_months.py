"""Villages groups settings and closed months."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of villages."""

    op.create_table(
        "village",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("founded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(id) between 2 and 32", name=op.f("ck_village_id_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village")),
    )
    op.create_table(
        "closed_month",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(month) = 7", name=op.f("ck_closed_month_month_length")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_closed_month_village_id")),
        sa.PrimaryKeyConstraint("village_id", "month", name=op.f("pk_closed_month")),
    )
    op.create_table(
        "village_group",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_village_group_name_given")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_village_group_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_village_group")),
        sa.UniqueConstraint("village_id", "name", name=op.f("uq_village_group_village_id_name")),
        sa.UniqueConstraint("village_id", "position", name=op.f("uq_village_group_village_id_position")),
    )
    op.create_table(
        "village_settings",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("objection_working_days", sa.Integer(), nullable=False),
        sa.Column("deduction_floor", sa.String(), nullable=False),
        sa.Column("second_check_single", sa.BigInteger(), nullable=False),
        sa.Column("second_check_day", sa.BigInteger(), nullable=False),
        sa.Column("daily_limit", sa.BigInteger(), nullable=True),
        sa.Column("names_on_cards", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("hotline", sa.String(), nullable=False),
        sa.Column("red_places", sa.Integer(), nullable=False),
        sa.Column("ticket_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "deduction_floor in ('stop_at_zero', 'below_zero')",
            name=op.f("ck_village_settings_deduction_floor"),
        ),
        sa.CheckConstraint(
            "names_on_cards in ('masked', 'named')", name=op.f("ck_village_settings_names_on_cards")
        ),
        sa.CheckConstraint(
            "daily_limit is null or daily_limit > 0", name=op.f("ck_village_settings_daily_limit")
        ),
        sa.CheckConstraint("notice_days between 1 and 60", name=op.f("ck_village_settings_notice_days")),
        sa.CheckConstraint(
            "objection_working_days between 1 and 60", name=op.f("ck_village_settings_objection_working_days")
        ),
        sa.CheckConstraint("red_places between 1 and 200", name=op.f("ck_village_settings_red_places")),
        sa.CheckConstraint(
            "second_check_single >= 0 and second_check_day >= 0",
            name=op.f("ck_village_settings_second_check"),
        ),
        sa.CheckConstraint(
            "ticket_seconds between 30 and 900", name=op.f("ck_village_settings_ticket_seconds")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_village_settings_village_id")),
        sa.PrimaryKeyConstraint("village_id", name=op.f("pk_village_settings")),
    )


def downgrade() -> None:
    """Drop the tables of villages, with what stands in them."""

    op.drop_table("village_settings")
    op.drop_table("village_group")
    op.drop_table("closed_month")
    op.drop_table("village")
