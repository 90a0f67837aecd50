"""Stocktakes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_OLD_KINDS = "kind in ('award', 'deduction', 'redemption', 'donation', 'gift', 'transfer', 'clearing', 'opening', 'reversal', 'correction', 'scheme_adopted', 'minutes_closed', 'listing_up', 'listing_down', 'card_issued', 'card_revoked', 'month_closed', 'household_closed', 'erasure')"
_NEW_KINDS = _OLD_KINDS.replace("'month_closed'", "'stocktake', 'month_closed'")


def upgrade() -> None:
    """Make the tables of stocktakes, let the log tell of them and the shelf's journal name them."""

    _drop_guards()
    with op.batch_alter_table("log_entry", copy_from=_log_entry(_OLD_KINDS)) as batch:
        batch.drop_constraint(op.f("ck_log_entry_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind"), _with_used(_NEW_KINDS))
    op.create_table(
        "stocktake",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "status in ('open', 'signed', 'posted', 'discarded')", name=op.f("ck_stocktake_status")
        ),
        sa.CheckConstraint(
            "(status in ('signed', 'posted')) = (signed_by is not null)", name=op.f("ck_stocktake_signed")
        ),
        sa.CheckConstraint(
            "(status in ('posted', 'discarded')) = (ended_by is not null)", name=op.f("ck_stocktake_ended")
        ),
        sa.CheckConstraint(
            "(status = 'posted') = (log_index is not null)", name=op.f("ck_stocktake_posted_is_logged")
        ),
        sa.CheckConstraint(
            "status <> 'posted' or ended_by <> signed_by", name=op.f("ck_stocktake_two_signers")
        ),
        sa.CheckConstraint("(signed_by is null) = (signed_at is null)", name=op.f("ck_stocktake_signed_at")),
        sa.CheckConstraint("(ended_by is null) = (ended_at is null)", name=op.f("ck_stocktake_ended_at")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_stocktake_village_id")),
        sa.ForeignKeyConstraint(
            ["village_id", "log_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_stocktake_village_id_log_index"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_stocktake")),
        sa.UniqueConstraint("village_id", "log_index", name=op.f("uq_stocktake_village_id_log_index")),
    )
    op.create_index(
        op.f("ix_stocktake_village_id"),
        "stocktake",
        ["village_id"],
        unique=True,
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "stocktake_count",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("stocktake_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("goods_id", sa.String(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("counted_by", sa.String(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number > 0 and counted >= 0 and book >= 0", name=op.f("ck_stocktake_count_pieces")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "goods_id"],
            ["goods.village_id", "goods.id"],
            name=op.f("fk_stocktake_count_village_id_goods_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "stocktake_id"],
            ["stocktake.village_id", "stocktake.id"],
            name=op.f("fk_stocktake_count_village_id_stocktake_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "stocktake_id", "number", name=op.f("pk_stocktake_count")),
    )
    op.create_table(
        "stocktake_return",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("stocktake_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_by", sa.String(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["village_id", "stocktake_id"],
            ["stocktake.village_id", "stocktake.id"],
            name=op.f("fk_stocktake_return_village_id_stocktake_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "stocktake_id", "number", name=op.f("pk_stocktake_return")),
    )
    with op.batch_alter_table("stock_move", copy_from=_stock_move()) as batch:
        batch.add_column(sa.Column("stocktake_id", sa.String(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_stock_move_village_id_stocktake_id"),
            "stocktake",
            ["village_id", "stocktake_id"],
            ["village_id", "id"],
        )
        batch.create_check_constraint(
            op.f("ck_stock_move_stocktake"), "stocktake_id is null or kind = 'counted'"
        )
    op.create_index(
        op.f("ix_stock_move_village_id_stocktake_id_goods_id"),
        "stock_move",
        ["village_id", "stocktake_id", "goods_id"],
        unique=True,
        sqlite_where=sa.text("stocktake_id is not null"),
        postgresql_where=sa.text("stocktake_id is not null"),
    )


def downgrade() -> None:
    """Drop the tables of stocktakes; a village whose log tells of one cannot go back."""

    _drop_guards()
    op.drop_index(
        op.f("ix_stock_move_village_id_stocktake_id_goods_id"),
        table_name="stock_move",
        sqlite_where=sa.text("stocktake_id is not null"),
        postgresql_where=sa.text("stocktake_id is not null"),
    )
    named = (
        sa.Column("stocktake_id", sa.String(), nullable=True),
        sa.CheckConstraint("stocktake_id is null or kind = 'counted'", name=op.f("ck_stock_move_stocktake")),
        sa.ForeignKeyConstraint(
            ["village_id", "stocktake_id"],
            ["stocktake.village_id", "stocktake.id"],
            name=op.f("fk_stock_move_village_id_stocktake_id"),
        ),
    )
    with op.batch_alter_table("stock_move", copy_from=_stock_move(*named)) as batch:
        batch.drop_constraint(op.f("ck_stock_move_stocktake"), type_="check")
        batch.drop_constraint(op.f("fk_stock_move_village_id_stocktake_id"), type_="foreignkey")
        batch.drop_column("stocktake_id")
    op.drop_table("stocktake_return")
    op.drop_table("stocktake_count")
    op.drop_index(op.f("ix_stocktake_village_id"), table_name="stocktake")
    op.drop_table("stocktake")
    with op.batch_alter_table("log_entry", copy_from=_log_entry(_NEW_KINDS)) as batch:
        batch.drop_constraint(op.f("ck_log_entry_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind"), _with_used(_OLD_KINDS))


def _drop_guards() -> None:
    """SQLite copies a table to change it, and will not while a trigger names it; all are made anew after."""
    if op.get_bind().dialect.name != "sqlite":
        return
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
    for (name,) in op.get_bind().exec_driver_sql(triggers).fetchall():
        op.execute(f'DROP TRIGGER "{name}"')


def _with_used(rule: str) -> str:
    """The rule about kinds, and with it those of later versions that the log holds: entries are never removed."""
    rows = op.get_bind().exec_driver_sql("SELECT DISTINCT kind FROM log_entry ORDER BY kind")
    later = [f"'{kind}'" for (kind,) in rows if f"'{kind}'" not in rule and kind != "stocktake"]
    return f"{rule[:-1]}{''.join(f', {kind}' for kind in later)})"


def _log_entry(kinds: str) -> sa.Table:
    """The log as it stands, for SQLite, which does not tell its checks."""
    return sa.Table(
        "log_entry",
        sa.MetaData(),
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=True),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(kinds, name=op.f("ck_log_entry_kind")),
        sa.CheckConstraint("length(leaf) = 32", name=op.f("ck_log_entry_leaf_length")),
        sa.CheckConstraint(
            "log_index >= 0 and (ref is null or ref < log_index)", name=op.f("ck_log_entry_order")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_log_entry_village_id")),
        sa.ForeignKeyConstraint(
            ["village_id", "ref"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_log_entry_village_id_ref"),
        ),
        sa.PrimaryKeyConstraint("village_id", "log_index", name=op.f("pk_log_entry")),
        sa.Index(op.f("ix_log_entry_village_id_recorded_at"), "village_id", "recorded_at"),
        sa.Index(op.f("ix_log_entry_village_id_ref"), "village_id", "ref"),
    )


def _stock_move(*more: sa.schema.SchemaItem) -> sa.Table:
    """The shelf's journal as it stands, for SQLite, which does not tell its checks."""
    return sa.Table(
        "stock_move",
        sa.MetaData(),
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
        sa.Index(
            op.f("ix_stock_move_village_id_redemption_id"),
            "village_id",
            "redemption_id",
            sqlite_where=sa.text("redemption_id is not null"),
            postgresql_where=sa.text("redemption_id is not null"),
        ),
        *more,
    )
