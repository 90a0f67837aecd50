"""Long lists have their order in an index: scores, sales and stock moves by time, a meeting's scores by state."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_score_village_id_entered_at": ("score", ("entered_at", "id")),
    "ix_score_village_id_meeting_id_status": ("score", ("meeting_id", "status")),
    "ix_redemption_village_id_log_index": ("redemption", ("log_index",)),
    "ix_stock_move_village_id_moved_at_position": ("stock_move", ("moved_at", "position")),
}


def upgrade() -> None:
    """Add the indexes: without them a page of fifty rows sorts all 100,000."""
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, ["village_id", *columns])


def downgrade() -> None:
    """Drop them."""
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
