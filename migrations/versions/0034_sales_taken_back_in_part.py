"""Sales taken back in part, and deliveries that were entered wrongly undone."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_kinds, change_log_kinds, replace_checks

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_DIRECTION = (
    "(kind in ('received', 'donated', 'returned') and quantity > 0)"
    " or (kind in ('redeemed', 'spoiled') and quantity < 0) or ({} and quantity <> 0)"
)
_OF_BEFORE, _OF_NOW = "kind = 'counted'", "kind in ('counted', 'undone')"
_KEPT = {"redemption_return": "redemption_return_aside", "stock_move_undone": "stock_move_undone_aside"}


def upgrade() -> None:
    """Make the two tables, and let ledger and journal hold what they tell of."""
    change_log_kinds(op, add=["goods_return"])
    change_kinds(op, "transaction", add=["goods_return"])
    change_kinds(op, "stock_move", add=["undone"])
    replace_checks(op, "stock_move", {"ck_stock_move_direction": _DIRECTION.format(_OF_NOW)})
    op.create_table(
        "redemption_return",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("redemption_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("returned_by", sa.String(), nullable=False),
        sa.Column("returned_at", _MOMENT, nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_redemption_return_number")),
        sa.CheckConstraint("total > 0", name=op.f("ck_redemption_return_total_positive")),
        sa.ForeignKeyConstraint(
            ["village_id", "redemption_id"],
            ["redemption.village_id", "redemption.id"],
            name=op.f("fk_redemption_return_village_id_redemption_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "log_index"],
            ["transaction.village_id", "transaction.log_index"],
            name=op.f("fk_redemption_return_village_id_log_index"),
        ),
        sa.UniqueConstraint(
            "village_id", "log_index", name=op.f("uq_redemption_return_village_id_log_index")
        ),
        sa.PrimaryKeyConstraint("village_id", "redemption_id", "number", name=op.f("pk_redemption_return")),
    )
    op.create_table(
        "stock_move_undone",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("goods_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("undone_by > position", name=op.f("ck_stock_move_undone_undone_later")),
        *(
            sa.ForeignKeyConstraint(
                ["village_id", "goods_id", column],
                ["stock_move.village_id", "stock_move.goods_id", "stock_move.position"],
                name=op.f(f"fk_stock_move_undone_village_id_goods_id_{column}"),
            )
            for column in ("position", "undone_by")
        ),
        sa.UniqueConstraint(
            "village_id",
            "goods_id",
            "undone_by",
            name=op.f("uq_stock_move_undone_village_id_goods_id_undone_by"),
        ),
        sa.PrimaryKeyConstraint("village_id", "goods_id", "position", name=op.f("pk_stock_move_undone")),
    )
    for table, aside in _KEPT.items():
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(f"INSERT INTO {table} SELECT * FROM {aside}")
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables; their rows, if any, are kept beside: what came back must not come back twice.

    What was posted stays, and so do the words for it.
    """
    for table, aside in _KEPT.items():
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(f"CREATE TABLE {aside} AS SELECT * FROM {table}")
        op.drop_table(table)
    kinds = change_kinds(op, "stock_move", remove=["undone"])
    if "undone" not in kinds:
        replace_checks(op, "stock_move", {"ck_stock_move_direction": _DIRECTION.format(_OF_BEFORE)})
    change_kinds(op, "transaction", remove=["goods_return"])
    change_log_kinds(op, remove=["goods_return"])
