"""Base points: who was given which for which period; a kind of transaction of their own."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_kinds, change_log_kinds

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_ASIDE = "base_grant_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table of base points, and let the log hold their transactions."""
    change_log_kinds(op, add=["base"])
    change_kinds(op, "transaction", add=["base"])
    op.create_table(
        "base_grant",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("redeemable", sa.Boolean(), nullable=False),
        sa.Column("clears", sa.Boolean(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_before", sa.BigInteger(), nullable=True),
        sa.Column("taken_points", sa.BigInteger(), nullable=True),
        sa.Column("taken_honour", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("length(period) between 4 and 7", name=op.f("ck_base_grant_period_length")),
        sa.CheckConstraint(
            "(begins_on is null) = (ends_on is null) and begins_on <= ends_on",
            name=op.f("ck_base_grant_days"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_base_grant_amount_positive")),
        sa.CheckConstraint("not clears or ends_on is not null", name=op.f("ck_base_grant_clears_at_an_end")),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_before is null) and (ended_at is null) = (taken_points is null)"
            " and (ended_at is null) = (taken_honour is null)",
            name=op.f("ck_base_grant_ended_whole"),
        ),
        sa.CheckConstraint("taken_points between 0 and amount", name=op.f("ck_base_grant_taken_points")),
        sa.CheckConstraint("taken_honour between 0 and amount", name=op.f("ck_base_grant_taken_honour")),
        sa.CheckConstraint(
            "redeemable or taken_points is null or taken_points = 0",
            name=op.f("ck_base_grant_taken_of_its_unit"),
        ),
        _references({"participant_id": "id"}, "participant"),
        _references({"item_id": "id"}, "scheme_item"),
        _references({"log_index": "log_index"}, "transaction"),
        sa.PrimaryKeyConstraint(
            "village_id", "participant_id", "item_code", "period", name=op.f("pk_base_grant")
        ),
    )
    op.create_index(
        "ix_base_grant_village_id_item_code",
        "base_grant",
        ["village_id", "item_code", "period", "participant_id"],
    )
    op.create_index(
        "ix_base_grant_village_id_open",
        "base_grant",
        ["village_id", "clears", "ends_on"],
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )
    if sa.inspect(op.get_bind()).has_table(_ASIDE):
        op.execute(sa.text(f"INSERT INTO base_grant SELECT * FROM {_ASIDE}"))
        op.drop_table(_ASIDE)


def downgrade() -> None:
    """Drop the table of base points; what was given stays in the ledger."""
    # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
    if op.get_bind().execute(sa.text("SELECT 1 FROM base_grant LIMIT 1")).first():
        op.execute(sa.text(f"CREATE TABLE {_ASIDE} AS SELECT * FROM base_grant"))
    op.drop_table("base_grant")
    change_kinds(op, "transaction", remove=["base"])
    change_log_kinds(op, remove=["base"])


def _references(columns: dict[str, str], of: str) -> sa.ForeignKeyConstraint:
    """A foreign key to a row of the same village."""
    return sa.ForeignKeyConstraint(
        ["village_id", *columns],
        [f"{of}.{name}" for name in ("village_id", *columns.values())],
        name=op.f(f"fk_base_grant_village_id_{next(iter(columns))}"),
    )
