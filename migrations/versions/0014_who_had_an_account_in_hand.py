"""Who had an account in hand, and what was written off."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KINDS = (
    "'made', 'password_reset', 'enabled', 'second_factor_removed', 'recovered', 'role_given', 'token_made', "
    "'own_password'"
)


def upgrade() -> None:
    """Record who made each account and each token; whose password is whose own is not known of old ones.

    So every login counts as its maker's too until its owner has changed the password once more.
    """
    op.create_table(
        "account_act",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind in ({_KINDS})", name=op.f("ck_account_act_kind")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_account_act_number")),
        sa.CheckConstraint("kind <> 'own_password' OR done_by = staff_id", name=op.f("ck_account_act_own")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_act_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "number", name=op.f("pk_account_act")),
    )
    op.create_index(
        op.f("ix_stock_move_village_id_moved_at"),
        "stock_move",
        ["village_id", "moved_at"],
        unique=False,
        sqlite_where=sa.text("redemption_id is null"),
        postgresql_where=sa.text("redemption_id is null"),
    )
    op.execute(
        "INSERT INTO account_act (staff_id, number, kind, done_by, done_at)"
        " SELECT id, 1, 'made', CASE created_by WHEN 'setup' THEN id ELSE created_by END, created_at FROM staff"
    )
    op.execute(
        "INSERT INTO account_act (staff_id, number, kind, done_by, done_at)"
        " SELECT staff_id, 1 + row_number() OVER (PARTITION BY staff_id ORDER BY made_at, digest),"
        " 'token_made', made_by, made_at FROM api_token WHERE made_by <> staff_id"
    )


def downgrade() -> None:
    """Forget who had which account in hand."""
    op.drop_index(op.f("ix_stock_move_village_id_moved_at"), table_name="stock_move")
    op.drop_table("account_act")
