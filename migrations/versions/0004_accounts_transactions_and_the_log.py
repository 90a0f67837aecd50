"""Accounts transactions and the log."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of ledger."""

    op.create_table(
        "log_entry",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=True),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind in ('award', 'deduction', 'redemption', 'donation', 'gift', 'transfer', 'clearing', 'opening', 'reversal', 'correction', 'scheme_adopted', 'minutes_closed', 'listing_up', 'listing_down', 'card_issued', 'card_revoked', 'month_closed', 'household_closed', 'erasure')",
            name=op.f("ck_log_entry_kind"),
        ),
        sa.CheckConstraint("length(leaf) = 32", name=op.f("ck_log_entry_leaf_length")),
        sa.CheckConstraint(
            "log_index >= 0 and (ref is null or ref < log_index)", name=op.f("ck_log_entry_order")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "ref"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_log_entry_village_id_ref"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_log_entry_village_id")),
        sa.PrimaryKeyConstraint("village_id", "log_index", name=op.f("pk_log_entry")),
    )
    op.create_index(
        op.f("ix_log_entry_village_id_recorded_at"), "log_entry", ["village_id", "recorded_at"], unique=False
    )
    op.create_index(op.f("ix_log_entry_village_id_ref"), "log_entry", ["village_id", "ref"], unique=False)
    op.create_table(
        "log_head",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size >= 0", name=op.f("ck_log_head_size")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_log_head_village_id")),
        sa.PrimaryKeyConstraint("village_id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "request",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("contents_digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(contents_digest) = 32", name=op.f("ck_request_digest_length")),
        sa.CheckConstraint("length(request_id) between 8 and 64", name=op.f("ck_request_request_id_length")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_request_village_id")),
        sa.PrimaryKeyConstraint("village_id", "request_id", name=op.f("pk_request")),
    )
    op.create_table(
        "log_private",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(salt) = 32", name=op.f("ck_log_private_salt_length")),
        sa.ForeignKeyConstraint(
            ["village_id", "log_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_log_private_village_id_log_index"),
        ),
        sa.PrimaryKeyConstraint("village_id", "log_index", name=op.f("pk_log_private")),
    )
    op.create_table(
        "transaction",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("source_kind", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("reverses", sa.BigInteger(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses is not null)", name=op.f("ck_transaction_reversal_says_what")
        ),
        sa.CheckConstraint(
            "kind in ('award', 'deduction', 'redemption', 'donation', 'gift', 'transfer', 'clearing', 'opening', 'reversal', 'correction')",
            name=op.f("ck_transaction_kind"),
        ),
        sa.CheckConstraint(
            "(source_kind is null) = (source_id is null)", name=op.f("ck_transaction_source_whole")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "log_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_transaction_village_id_log_index"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "reverses"],
            ["transaction.village_id", "transaction.log_index"],
            name=op.f("fk_transaction_village_id_reverses"),
        ),
        sa.PrimaryKeyConstraint("village_id", "log_index", name=op.f("pk_transaction")),
        sa.UniqueConstraint("village_id", "reverses", name=op.f("uq_transaction_village_id_reverses")),
        sa.UniqueConstraint(
            "village_id",
            "source_kind",
            "source_id",
            name=op.f("uq_transaction_village_id_source_kind_source_id"),
        ),
    )
    op.create_table(
        "account",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("may_overdraw", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'participant') = (participant_id is not null)", name=op.f("ck_account_participant_given")
        ),
        sa.CheckConstraint(
            "kind in ('participant', 'issuance', 'market', 'charity', 'expiry', 'pending')",
            name=op.f("ck_account_kind"),
        ),
        sa.CheckConstraint("unit in ('points', 'honour')", name=op.f("ck_account_unit")),
        sa.CheckConstraint("balance >= 0 OR may_overdraw", name=op.f("ck_account_not_overdrawn")),
        sa.CheckConstraint(
            "not closed or (kind = 'participant' and balance = 0)", name=op.f("ck_account_closed_is_empty")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_account_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_account_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("village_id", "id", "unit", name=op.f("uq_account_village_id_id_unit")),
        sa.UniqueConstraint(
            "village_id", "participant_id", "unit", name=op.f("uq_account_village_id_participant_id_unit")
        ),
    )
    op.create_table(
        "posting",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("source_account_id", sa.String(), nullable=False),
        sa.Column("destination_account_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("source_balance", sa.BigInteger(), nullable=False),
        sa.Column("destination_balance", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_posting_amount_positive")),
        sa.CheckConstraint(
            "source_account_id <> destination_account_id", name=op.f("ck_posting_two_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "destination_account_id", "unit"],
            ["account.village_id", "account.id", "account.unit"],
            name=op.f("fk_posting_village_id_destination_account_id_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "log_index"],
            ["transaction.village_id", "transaction.log_index"],
            name=op.f("fk_posting_village_id_log_index"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "source_account_id", "unit"],
            ["account.village_id", "account.id", "account.unit"],
            name=op.f("fk_posting_village_id_source_account_id_unit"),
        ),
        sa.PrimaryKeyConstraint("village_id", "log_index", "line", name=op.f("pk_posting")),
    )
    op.create_index(
        op.f("ix_posting_village_id_destination_account_id_log_index"),
        "posting",
        ["village_id", "destination_account_id", "log_index"],
        unique=False,
    )
    op.create_index(
        op.f("ix_posting_village_id_source_account_id_log_index"),
        "posting",
        ["village_id", "source_account_id", "log_index"],
        unique=False,
    )


def downgrade() -> None:
    """Drop the tables of ledger, with what stands in them."""

    op.drop_index(op.f("ix_posting_village_id_source_account_id_log_index"), table_name="posting")
    op.drop_index(op.f("ix_posting_village_id_destination_account_id_log_index"), table_name="posting")
    op.drop_table("posting")
    op.drop_table("account")
    op.drop_table("transaction")
    op.drop_table("log_private")
    op.drop_table("request")
    op.drop_table("log_head")
    op.drop_index(op.f("ix_log_entry_village_id_ref"), table_name="log_entry")
    op.drop_index(op.f("ix_log_entry_village_id_recorded_at"), table_name="log_entry")
    op.drop_table("log_entry")
