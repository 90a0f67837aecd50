"""Sums and searches of the log are made of an index alone: six indexes hold what is added up or asked for."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_INDEXES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "ix_score_village_id_counted_in": (
        "score",
        ("counted_in", "status"),
        ("participant_id", "counted_points", "late", "id"),
    ),
    "ix_score_village_id_participant_id": (
        "score",
        ("participant_id", "item_code", "occurred_on"),
        ("status", "counted_points"),
    ),
    "ix_score_village_id_meeting_id_status": ("score", ("meeting_id", "status"), ("counted_points",)),
    "ix_redemption_village_id_participant_id_sold_on": (
        "redemption",
        ("participant_id", "sold_on"),
        ("total",),
    ),
    "ix_log_entry_village_id_recorded_at": ("log_entry", ("recorded_at",), ("kind",)),
    "ix_stock_move_village_id_moved_at_position": (
        "stock_move",
        ("moved_at", "position"),
        ("goods_id", "quantity"),
    ),
}
"""Of each index: its table, the columns it had, and those that are new."""


def upgrade() -> None:
    """Let each index hold what is added up: else every row of 100,000 is looked up for one number."""
    for name, (table, before, added) in _INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, ["village_id", *before, *added])


def downgrade() -> None:
    """Let them hold what puts rows in order, and no more."""
    for name, (table, before, _) in _INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, ["village_id", *before])
