"""Schemes meetings and scores."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of scoring."""

    op.create_table(
        "meeting",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("scores", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at is not null and closed_by is not null and log_index is not null)",
            name=op.f("ck_meeting_closed"),
        ),
        sa.CheckConstraint("status in ('open', 'closed')", name=op.f("ck_meeting_status")),
        sa.CheckConstraint("length(title) between 1 and 100", name=op.f("ck_meeting_title_length")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_meeting_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_village_id_held_on", "meeting", ["village_id", "held_on"], unique=False)
    op.create_table(
        "scheme",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_by", sa.String(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(status = 'adopted') = (from_date is not null and adopted_at is not null and log_index is not null)",
            name=op.f("ck_scheme_adopted"),
        ),
        sa.CheckConstraint(
            "(status = 'adopted') = (length(resolution) > 0)", name=op.f("ck_scheme_resolution")
        ),
        sa.CheckConstraint("status in ('draft', 'adopted')", name=op.f("ck_scheme_status")),
        sa.CheckConstraint("version > 0", name=op.f("ck_scheme_version")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_scheme_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("village_id", "version", name=op.f("uq_scheme_village_id_version")),
    )
    op.create_table(
        "meeting_note",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_meeting_note_text_given")),
        sa.ForeignKeyConstraint(
            ["village_id", "meeting_id"],
            ["meeting.village_id", "meeting.id"],
            name=op.f("fk_meeting_note_village_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "meeting_id", "position", name=op.f("pk_meeting_note")),
    )
    op.create_table(
        "scheme_item",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scheme_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("least", sa.BigInteger(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("cap_period", sa.String(), nullable=False),
        sa.Column("cap_points", sa.BigInteger(), nullable=True),
        sa.Column("cap_times", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("applies_to", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("steps", sa.String(), nullable=False),
        sa.Column("per_fault", sa.BigInteger(), nullable=True),
        sa.Column("scored_in", sa.String(), nullable=False),
        sa.Column("double_months", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "cap_period in ('', 'day', 'month', 'quarter', 'half_year', 'year', 'ever')",
            name=op.f("ck_scheme_item_cap_period"),
        ),
        sa.CheckConstraint("direction in ('plus', 'minus', 'veto')", name=op.f("ck_scheme_item_direction")),
        sa.CheckConstraint(
            "shape in ('fixed', 'range', 'per_unit', 'full_mark', 'ladder', 'rate', 'once')",
            name=op.f("ck_scheme_item_shape"),
        ),
        sa.CheckConstraint("cap_points > 0 and cap_times > 0", name=op.f("ck_scheme_item_caps")),
        sa.CheckConstraint("double_months between 0 and 120", name=op.f("ck_scheme_item_double_months")),
        sa.CheckConstraint(
            "length(code) between 1 and 32 and length(title) between 1 and 200",
            name=op.f("ck_scheme_item_lengths"),
        ),
        sa.CheckConstraint(
            "points >= 0 and least >= 0 and most >= least and per_fault >= 0",
            name=op.f("ck_scheme_item_amounts"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "scheme_id"],
            ["scheme.village_id", "scheme.id"],
            name=op.f("fk_scheme_item_village_id_scheme_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_scheme_item")),
        sa.UniqueConstraint(
            "village_id", "scheme_id", "code", name=op.f("uq_scheme_item_village_id_scheme_id_code")
        ),
        sa.UniqueConstraint(
            "village_id", "scheme_id", "position", name=op.f("uq_scheme_item_village_id_scheme_id_position")
        ),
    )
    op.create_table(
        "meeting_attendance",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.CheckConstraint("role in ('judge', 'absentee')", name=op.f("ck_meeting_attendance_role")),
        sa.CheckConstraint("length(name) between 1 and 60", name=op.f("ck_meeting_attendance_name_length")),
        sa.ForeignKeyConstraint(
            ["village_id", "meeting_id"],
            ["meeting.village_id", "meeting.id"],
            name=op.f("fk_meeting_attendance_village_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_meeting_attendance_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "meeting_id", "position", name=op.f("pk_meeting_attendance")),
    )
    op.create_table(
        "score",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("counted_points", sa.BigInteger(), nullable=False),
        sa.Column("counted_in", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("recused", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(status = 'posted') = (posted_at is not null)", name=op.f("ck_score_posted")),
        sa.CheckConstraint("log_index is null or status = 'posted'", name=op.f("ck_score_log_index")),
        sa.CheckConstraint(
            "status in ('entered', 'published', 'contested', 'withdrawn', 'posted')",
            name=op.f("ck_score_status"),
        ),
        sa.CheckConstraint(
            "(points >= 0 and counted_points between 0 and points) or (points < 0 and counted_points between points and 0)",
            name=op.f("ck_score_counted_points"),
        ),
        sa.CheckConstraint("length(counted_in) = 7", name=op.f("ck_score_counted_in")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_score_quantity")),
        sa.ForeignKeyConstraint(
            ["village_id", "item_id"],
            ["scheme_item.village_id", "scheme_item.id"],
            name=op.f("fk_score_village_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "meeting_id"],
            ["meeting.village_id", "meeting.id"],
            name=op.f("fk_score_village_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_score_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "village_id", "meeting_id", "number", name=op.f("uq_score_village_id_meeting_id_number")
        ),
    )
    op.create_index(
        "ix_score_village_id_counted_in", "score", ["village_id", "counted_in", "status"], unique=False
    )
    op.create_index(
        "ix_score_village_id_participant_id",
        "score",
        ["village_id", "participant_id", "item_code", "occurred_on"],
        unique=False,
    )


def downgrade() -> None:
    """Drop the tables of scoring, with what stands in them."""

    op.drop_index("ix_score_village_id_participant_id", table_name="score")
    op.drop_index("ix_score_village_id_counted_in", table_name="score")
    op.drop_table("score")
    op.drop_table("meeting_attendance")
    op.drop_table("scheme_item")
    op.drop_table("meeting_note")
    op.drop_table("scheme")
    op.drop_index("ix_meeting_village_id_held_on", table_name="meeting")
    op.drop_table("meeting")
