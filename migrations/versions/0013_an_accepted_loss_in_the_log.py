"""An accepted loss in the log."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KIND = "watermark_accepted"


def upgrade() -> None:
    """Let the log tell that two people went on although it lacks what a stub outside the data saw."""
    known = _kinds()
    _allow(known, [*known, _KIND])


def downgrade() -> None:
    """Forget the kind of entry; a village whose log has such an entry cannot go back."""
    known = _kinds()
    _allow(known, [kind for kind in known if kind != _KIND])


def _kinds() -> list[str]:
    """The kinds of entry that the log may hold now, in their order."""
    rules = sa.inspect(op.get_bind()).get_check_constraints("log_entry")
    [text] = [rule["sqltext"] for rule in rules if rule["name"] == "ck_log_entry_kind"]
    return re.findall(r"'(\w+)'", text)


def _allow(known: list[str], wanted: list[str]) -> None:
    """Exchange the rule about kinds."""
    with op.batch_alter_table("log_entry", copy_from=_log_entry(_rule(known))) as batch:
        batch.drop_constraint(op.f("ck_log_entry_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind"), _rule(wanted))


def _rule(kinds: list[str]) -> str:
    return f"kind in ({', '.join(repr(kind) for kind in kinds)})"


def _log_entry(rule: str) -> sa.Table:
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
        sa.CheckConstraint(rule, name=op.f("ck_log_entry_kind")),
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
