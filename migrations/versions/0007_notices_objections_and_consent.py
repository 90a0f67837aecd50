"""Notices objections and consent."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of publicity."""

    op.create_table(
        "notice",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name=op.f("ck_notice_settled")),
        sa.CheckConstraint("status IN ('open', 'settled')", name=op.f("ck_notice_status")),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)", name=op.f("ck_notice_settled_by_somebody")
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_on IS NULL)", name=op.f("ck_notice_settled_on_a_day")
        ),
        sa.CheckConstraint("ends_on > published_on", name=op.f("ck_notice_hangs_a_day")),
        sa.CheckConstraint("settled_on > ends_on", name=op.f("ck_notice_settled_after_the_end")),
        sa.ForeignKeyConstraint(
            ["village_id", "meeting_id"],
            ["meeting.village_id", "meeting.id"],
            name=op.f("fk_notice_village_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_notice_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint("village_id", "meeting_id", name=op.f("uq_notice_village_id_meeting_id")),
    )
    op.create_table(
        "consent",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("shown_as", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("shown_as IN ('named', 'numbered')", name=op.f("ck_consent_shown_as")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_consent_withdrawn_by_somebody")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_consent_withdrawn_later")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_consent_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_consent_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_consent")),
    )
    op.create_index(
        "uq_consent_in_force",
        "consent",
        ["village_id", "participant_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "objection",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'open') = (decided_at IS NULL)", name=op.f("ck_objection_decided")),
        sa.CheckConstraint("decision <> ''", name=op.f("ck_objection_decision_stated")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_objection_reason_stated")),
        sa.CheckConstraint("status IN ('open', 'upheld', 'rejected')", name=op.f("ck_objection_status")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_objection_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decision IS NULL)", name=op.f("ck_objection_decided_in_writing")
        ),
        sa.CheckConstraint("decided_by <> entered_by", name=op.f("ck_objection_decided_by_another")),
        sa.CheckConstraint("due_on > raised_on", name=op.f("ck_objection_due_later")),
        sa.ForeignKeyConstraint(
            ["village_id", "notice_id"],
            ["notice.village_id", "notice.id"],
            name=op.f("fk_objection_village_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "score_id"],
            ["score.village_id", "score.id"],
            name=op.f("fk_objection_village_id_score_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_objection_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_objection")),
    )
    op.create_index("ix_objection_notice", "objection", ["village_id", "notice_id"], unique=False)
    op.create_index(
        "uq_objection_open",
        "objection",
        ["village_id", "score_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )


def downgrade() -> None:
    """Drop the tables of publicity, with what stands in them."""

    op.drop_index(
        "uq_objection_open",
        table_name="objection",
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_index("ix_objection_notice", table_name="objection")
    op.drop_table("objection")
    op.drop_index(
        "uq_consent_in_force",
        table_name="consent",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_table("consent")
    op.drop_table("notice")
