"""Goods stock and redemptions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of market."""

    op.create_table(
        "attempt",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('scan', 'sale', 'reversal', 'pin')", name=op.f("ck_attempt_kind")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_attempt_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_village_id_made_at"), "attempt", ["village_id", "made_at"], unique=False)
    op.create_index(
        op.f("ix_attempt_village_id_made_by_made_at"),
        "attempt",
        ["village_id", "made_by", "made_at"],
        unique=False,
    )
    op.create_table(
        "goods",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spec", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("limit_per_month", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(code) between 1 and 32", name=op.f("ck_goods_code_length")),
        sa.CheckConstraint("length(name) between 1 and 60", name=op.f("ck_goods_name_length")),
        sa.CheckConstraint(
            "limit_per_month is null or limit_per_month > 0", name=op.f("ck_goods_limit_per_month")
        ),
        sa.CheckConstraint("moves >= 0", name=op.f("ck_goods_moves")),
        sa.CheckConstraint("stock >= 0", name=op.f("ck_goods_stock_not_negative")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_goods_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_goods")),
        sa.UniqueConstraint("village_id", "code", name=op.f("uq_goods_village_id_code")),
    )
    op.create_table(
        "opening_hours",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("opens < closes", name=op.f("ck_opening_hours_opens_before_it_closes")),
        sa.CheckConstraint("weekday between 1 and 7", name=op.f("ck_opening_hours_weekday")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_opening_hours_village_id")),
        sa.PrimaryKeyConstraint("village_id", "weekday", "opens", name=op.f("pk_opening_hours")),
    )
    op.create_table(
        "goods_price",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("goods_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_goods_price_points_positive")),
        sa.CheckConstraint("position > 0", name=op.f("ck_goods_price_position")),
        sa.ForeignKeyConstraint(
            ["village_id", "goods_id"],
            ["goods.village_id", "goods.id"],
            name=op.f("fk_goods_price_village_id_goods_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "goods_id", "position", name=op.f("pk_goods_price")),
    )
    op.create_table(
        "pin",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("wrong >= 0", name=op.f("ck_pin_wrong")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_pin_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "participant_id", name=op.f("pk_pin")),
    )
    op.create_table(
        "scan_ticket",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("card_id", sa.String(), nullable=True),
        sa.Column("typed", sa.Boolean(), nullable=False),
        sa.Column("scanned_by", sa.String(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("typed or card_id is not null", name=op.f("ck_scan_ticket_card")),
        sa.ForeignKeyConstraint(
            ["village_id", "card_id"],
            ["card.village_id", "card.id"],
            name=op.f("fk_scan_ticket_village_id_card_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_scan_ticket_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_scan_ticket")),
    )
    op.create_table(
        "redemption",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("balance_after", sa.BigInteger(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("sold_by", sa.String(), nullable=False),
        sa.Column("sold_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_check", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(second_check = 'approver') = (approver is not null)", name=op.f("ck_redemption_approver")
        ),
        sa.CheckConstraint(
            "second_check in ('none', 'pin', 'approver')", name=op.f("ck_redemption_second_check")
        ),
        sa.CheckConstraint(
            "approver is null or approver <> sold_by", name=op.f("ck_redemption_approver_is_another")
        ),
        sa.CheckConstraint("total > 0", name=op.f("ck_redemption_total_positive")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_redemption_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "ticket_id"],
            ["scan_ticket.village_id", "scan_ticket.id"],
            name=op.f("fk_redemption_village_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_redemption")),
        sa.UniqueConstraint("village_id", "ticket_id", name=op.f("uq_redemption_village_id_ticket_id")),
    )
    op.create_index(
        op.f("ix_redemption_village_id_participant_id_sold_on"),
        "redemption",
        ["village_id", "participant_id", "sold_on"],
        unique=False,
    )
    op.create_table(
        "redemption_reversal",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("redemption_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("reversed_by", sa.String(), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["village_id", "redemption_id"],
            ["redemption.village_id", "redemption.id"],
            name=op.f("fk_redemption_reversal_village_id_redemption_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "redemption_id", name=op.f("pk_redemption_reversal")),
    )
    op.create_table(
        "stock_move",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("goods_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("stock_after", sa.Integer(), nullable=False),
        sa.Column("redemption_id", sa.String(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind in ('received', 'donated', 'returned') and quantity > 0) or (kind in ('redeemed', 'spoiled') and quantity < 0) or (kind = 'counted' and quantity <> 0)",
            name=op.f("ck_stock_move_direction"),
        ),
        sa.CheckConstraint(
            "(kind in ('redeemed', 'returned')) = (redemption_id is not null and price is not null)",
            name=op.f("ck_stock_move_redemption"),
        ),
        sa.CheckConstraint(
            "kind in ('received', 'donated', 'redeemed', 'returned', 'spoiled', 'counted')",
            name=op.f("ck_stock_move_kind"),
        ),
        sa.CheckConstraint("position > 0", name=op.f("ck_stock_move_position")),
        sa.CheckConstraint("stock_after >= 0", name=op.f("ck_stock_move_stock_after")),
        sa.ForeignKeyConstraint(
            ["village_id", "goods_id"],
            ["goods.village_id", "goods.id"],
            name=op.f("fk_stock_move_village_id_goods_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "redemption_id"],
            ["redemption.village_id", "redemption.id"],
            name=op.f("fk_stock_move_village_id_redemption_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "goods_id", "position", name=op.f("pk_stock_move")),
    )
    op.create_index(
        op.f("ix_stock_move_village_id_redemption_id"),
        "stock_move",
        ["village_id", "redemption_id"],
        unique=False,
        sqlite_where=sa.text("redemption_id is not null"),
        postgresql_where=sa.text("redemption_id is not null"),
    )


def downgrade() -> None:
    """Drop the tables of market, with what stands in them."""

    op.drop_index(
        op.f("ix_stock_move_village_id_redemption_id"),
        table_name="stock_move",
        sqlite_where=sa.text("redemption_id is not null"),
        postgresql_where=sa.text("redemption_id is not null"),
    )
    op.drop_table("stock_move")
    op.drop_table("redemption_reversal")
    op.drop_index(op.f("ix_redemption_village_id_participant_id_sold_on"), table_name="redemption")
    op.drop_table("redemption")
    op.drop_table("scan_ticket")
    op.drop_table("pin")
    op.drop_table("goods_price")
    op.drop_table("opening_hours")
    op.drop_table("goods")
    op.drop_index(op.f("ix_attempt_village_id_made_by_made_at"), table_name="attempt")
    op.drop_index(op.f("ix_attempt_village_id_made_at"), table_name="attempt")
    op.drop_table("attempt")
