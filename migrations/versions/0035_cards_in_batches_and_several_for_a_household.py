"""Cards are printed in numbered batches, and a household may have several at once."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds, replace_checks

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_LOG_KINDS = ("card_batch_printed", "card_batch_voided")
_BATCH_CHECKS = {
    "scope": "scope in ('village', 'group', 'households', 'further', 'old_address')",
    "number": "number >= 1",
    "cards": "cards >= 1",
    "public_url": "length(public_url) <= 200",
    "voided": "(voided_by is null) = (voided_at is null)",
}
_CARD_CHECKS = {
    "ck_card_slot": "slot between 2 and 4",
    "ck_card_label": "length(label) between 1 and 8",
    "ck_card_place_in_batch": "(batch is null) = (place is null)",
    "ck_card_place": "place >= 1",
}
_NEW = {"slot": sa.Integer(), "label": sa.String(), "batch": sa.Integer(), "place": sa.Integer()}
_ASIDE = "card_aside"
_SAME = f"{_ASIDE}.village_id = card.village_id AND {_ASIDE}.id = card.id"


def upgrade() -> None:
    """Make the table of batches, and let cards say slot, label, batch and place.

    They are empty in the cards that there are: their digests stay, and nobody knows in which print each was
    or which address it has. A database that went back to an older version has kept its batches.
    """
    change_log_kinds(op, add=_LOG_KINDS)
    names = sa.inspect(op.get_bind()).get_table_names()
    if "card_batch" not in names:
        _make_batches()
    op.drop_index("uq_card_village_id_active", "card")
    for name, kind in _NEW.items():
        op.add_column("card", sa.Column(name, kind, nullable=True))
    if _ASIDE in names:
        _put_back()
    replace_checks(op, "card", dict(_CARD_CHECKS))
    with op.batch_alter_table("card") as batch:
        batch.create_unique_constraint(
            op.f("uq_card_village_id_batch_place"), ["village_id", "batch", "place"]
        )
        batch.create_foreign_key(
            op.f("fk_card_village_id_batch"), "card_batch", ["village_id", "batch"], ["village_id", "number"]
        )
    _index("uq_card_village_id_active", ["participant_id"], "status = 'active' and slot is null")
    columns = ["participant_id", "slot"]
    _index("uq_card_village_id_active_slot", columns, "status = 'active' and slot is not null")


def downgrade() -> None:
    """Leave each household its first card: an older program knows one, and would not know which was lost.

    What it does not know is put away and comes back; further cards do not count until then.
    """
    op.drop_index("uq_card_village_id_active_slot", "card")
    op.drop_index("uq_card_village_id_active", "card")
    if op.get_bind().execute(sa.text("SELECT 1 FROM card WHERE batch IS NOT NULL LIMIT 1")).first():
        columns = "village_id, id, slot, label, batch, place, status"
        op.execute(sa.text(f"CREATE TABLE {_ASIDE} AS SELECT {columns} FROM card WHERE batch IS NOT NULL"))
        further = "slot IS NOT NULL AND status IN ('printed', 'active')"
        op.execute(sa.text(f"UPDATE card SET status = 'replaced' WHERE {further}"))
    replace_checks(op, "card", dict.fromkeys(_CARD_CHECKS))
    with op.batch_alter_table("card") as batch:
        batch.drop_constraint("fk_card_village_id_batch", type_="foreignkey")
        batch.drop_constraint("uq_card_village_id_batch_place", type_="unique")
        for name in _NEW:
            batch.drop_column(name)
    _index("uq_card_village_id_active", ["participant_id"], "status = 'active'")
    if op.get_bind().execute(sa.text("SELECT 1 FROM card_batch LIMIT 1")).first() is None:
        op.drop_table("card_batch")
    change_log_kinds(op, remove=_LOG_KINDS)


def _make_batches() -> None:
    """Make the table of batches."""
    op.create_table(
        "card_batch",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("printed_by", sa.String(), nullable=False),
        sa.Column("printed_at", _MOMENT, nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.Column("public_url", sa.String(), nullable=False),
        sa.Column("voided_by", sa.String(), nullable=True),
        sa.Column("voided_at", _MOMENT, nullable=True),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_card_batch_{name}")) for name, sql in _BATCH_CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["village_id", "group_id"],
            ["village_group.village_id", "village_group.id"],
            name=op.f("fk_card_batch_village_id_group_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_card_batch_village_id")),
        sa.PrimaryKeyConstraint("village_id", "number", name=op.f("pk_card_batch")),
    )


def _put_back() -> None:
    """Give cards back what was put away; a further card counts again if its household has not ended."""
    values = ", ".join(f"{name} = (SELECT {name} FROM {_ASIDE} WHERE {_SAME})" for name in _NEW)
    op.execute(sa.text(f"UPDATE card SET {values} WHERE EXISTS (SELECT 1 FROM {_ASIDE} WHERE {_SAME})"))
    open_ = (
        "EXISTS (SELECT 1 FROM participant AS p WHERE p.village_id = card.village_id"
        " AND p.id = card.participant_id AND p.status <> 'closed')"
    )
    was = f"(SELECT status FROM {_ASIDE} WHERE {_SAME})"
    op.execute(
        sa.text(
            f"UPDATE card SET status = {was} WHERE slot IS NOT NULL AND status = 'replaced' AND {open_}"
            f" AND EXISTS (SELECT 1 FROM {_ASIDE} WHERE {_SAME})"
        )
    )
    op.drop_table(_ASIDE)


def _index(name: str, columns: list[str], where: str) -> None:
    """Make a unique index over cards in use."""
    condition = sa.text(where)
    op.create_index(
        name,
        "card",
        ["village_id", *columns],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )
