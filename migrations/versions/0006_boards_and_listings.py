"""Boards and listings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of boards."""

    op.create_table(
        "black_board_resolution",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_resolution", sa.String(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("resolution <> ''", name=op.f("ck_black_board_resolution_resolution_stated")),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= adopted_on",
            name=op.f("ck_black_board_resolution_ends_after_adopted"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_black_board_resolution_village_id")
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_black_board_resolution")),
    )
    op.create_index(
        "uq_black_board_resolution_in_force",
        "black_board_resolution",
        ["village_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "listing",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("first_month", sa.String(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("honour", sa.BigInteger(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("resolution_id", sa.String(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("notified_by", sa.String(), nullable=True),
        sa.Column("earliest_on", sa.Date(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("days_up", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(board = 'black' AND status IN ('up', 'down')) = (expires_on IS NOT NULL)",
            name=op.f("ck_listing_black_expires"),
        ),
        sa.CheckConstraint(
            "(board = 'black') = (days_up IS NOT NULL)", name=op.f("ck_listing_black_has_an_end")
        ),
        sa.CheckConstraint(
            "(board = 'black') = (resolution_id IS NOT NULL)", name=op.f("ck_listing_black_needs_resolution")
        ),
        sa.CheckConstraint(
            "(status IN ('up', 'down')) = (log_index IS NOT NULL)", name=op.f("ck_listing_up_is_in_the_log")
        ),
        sa.CheckConstraint(
            "(status IN ('up', 'rejected', 'down')) = (decided_on IS NOT NULL)",
            name=op.f("ck_listing_decided"),
        ),
        sa.CheckConstraint(
            "(status IN ('withdrawn', 'down')) = (ended_at IS NOT NULL)", name=op.f("ck_listing_ended")
        ),
        sa.CheckConstraint(
            "board = 'red' OR (rule <> '' AND fact <> '')", name=op.f("ck_listing_black_states_rule_and_fact")
        ),
        sa.CheckConstraint(
            "board = 'red' OR status NOT IN ('up', 'down') OR (earliest_on IS NOT NULL AND decided_on >= earliest_on)",
            name=op.f("ck_listing_black_waits"),
        ),
        sa.CheckConstraint("board IN ('red', 'black')", name=op.f("ck_listing_board")),
        sa.CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name=op.f("ck_listing_month")),
        sa.CheckConstraint(
            "status IN ('proposed', 'up', 'rejected', 'withdrawn', 'down')", name=op.f("ck_listing_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('up', 'down') OR votes_for > votes_against",
            name=op.f("ck_listing_up_by_majority"),
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_at IS NULL)", name=op.f("ck_listing_decided_at_a_moment")
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_by IS NULL)", name=op.f("ck_listing_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (votes_against IS NULL)", name=op.f("ck_listing_votes_against_counted")
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (votes_for IS NULL)", name=op.f("ck_listing_votes_for_counted")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_listing_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_reason IS NULL)", name=op.f("ck_listing_ended_for_a_reason")
        ),
        sa.CheckConstraint(
            "(notified_on IS NULL) = (earliest_on IS NULL)", name=op.f("ck_listing_told_gives_a_day")
        ),
        sa.CheckConstraint("days_up BETWEEN 1 AND 90", name=op.f("ck_listing_days_up")),
        sa.CheckConstraint("earliest_on > notified_on", name=op.f("ck_listing_told_before")),
        sa.CheckConstraint("expires_on > decided_on", name=op.f("ck_listing_expires_after_decided")),
        sa.CheckConstraint("first_month <= month", name=op.f("ck_listing_first_month_not_later")),
        sa.CheckConstraint("votes_for >= 0 AND votes_against >= 0", name=op.f("ck_listing_votes")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_listing_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "resolution_id"],
            ["black_board_resolution.village_id", "black_board_resolution.id"],
            name=op.f("fk_listing_village_id_resolution_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_listing_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_listing")),
    )
    op.create_index("ix_listing_participant", "listing", ["village_id", "participant_id"], unique=False)
    op.create_index(
        "uq_listing_live",
        "listing",
        ["village_id", "month", "board", "participant_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('proposed', 'up')"),
        postgresql_where=sa.text("status IN ('proposed', 'up')"),
    )
    op.create_table(
        "standing",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("honour", sa.BigInteger(), nullable=False),
        sa.Column("plus", sa.BigInteger(), nullable=False),
        sa.Column("minus", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name=op.f("ck_standing_month")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_standing_place")),
        sa.CheckConstraint(
            "plus >= 0 AND minus >= 0 AND honour = plus - minus", name=op.f("ck_standing_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "group_id"],
            ["village_group.village_id", "village_group.id"],
            name=op.f("fk_standing_village_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_standing_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_standing_village_id")),
        sa.PrimaryKeyConstraint("village_id", "month", "participant_id", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_place", "standing", ["village_id", "month", "kind", "place"], unique=False)
    op.create_table(
        "listing_objection",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'open') = (decided_at IS NULL)", name=op.f("ck_listing_objection_decided")
        ),
        sa.CheckConstraint("decision <> ''", name=op.f("ck_listing_objection_decision_stated")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_listing_objection_reason_stated")),
        sa.CheckConstraint(
            "status IN ('open', 'upheld', 'rejected')", name=op.f("ck_listing_objection_status")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_listing_objection_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decision IS NULL)", name=op.f("ck_listing_objection_decided_in_writing")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_listing_objection_decided_by_another")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_listing_objection_village_id_listing_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_listing_objection_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_listing_objection")),
    )
    op.create_index(
        "uq_listing_objection_open",
        "listing_objection",
        ["village_id", "listing_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )


def downgrade() -> None:
    """Drop the tables of boards, with what stands in them."""

    op.drop_index(
        "uq_listing_objection_open",
        table_name="listing_objection",
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_table("listing_objection")
    op.drop_index("ix_standing_place", table_name="standing")
    op.drop_table("standing")
    op.drop_index(
        "uq_listing_live",
        table_name="listing",
        sqlite_where=sa.text("status IN ('proposed', 'up')"),
        postgresql_where=sa.text("status IN ('proposed', 'up')"),
    )
    op.drop_index("ix_listing_participant", table_name="listing")
    op.drop_table("listing")
    op.drop_index(
        "uq_black_board_resolution_in_force",
        table_name="black_board_resolution",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_table("black_board_resolution")
