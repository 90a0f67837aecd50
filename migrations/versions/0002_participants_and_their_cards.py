"""Participants and their cards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of roster."""

    op.create_table(
        "participant",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('household', 'party_member', 'party_branch', 'volunteer_team', 'organisation', 'group')",
            name=op.f("ck_participant_kind"),
        ),
        sa.CheckConstraint("status in ('active', 'suspended', 'closed')", name=op.f("ck_participant_status")),
        sa.CheckConstraint(
            "length(code) between 1 and 32 and length(name) between 1 and 60",
            name=op.f("ck_participant_named"),
        ),
        sa.CheckConstraint("people >= 0", name=op.f("ck_participant_people")),
        sa.CheckConstraint(
            "erased_at is null or status = 'closed'", name=op.f("ck_participant_erased_once_closed")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "group_id"],
            ["village_group.village_id", "village_group.id"],
            name=op.f("fk_participant_village_id_group_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_participant_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_participant")),
        sa.UniqueConstraint("village_id", "code", name=op.f("uq_participant_village_id_code")),
    )
    op.create_index(
        op.f("ix_participant_village_id_sort_key"), "participant", ["village_id", "sort_key"], unique=False
    )
    op.create_table(
        "card",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status in ('printed', 'active', 'replaced', 'revoked')", name=op.f("ck_card_status")
        ),
        sa.CheckConstraint("length(number) = 9", name=op.f("ck_card_number_length")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_card_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_card")),
        sa.UniqueConstraint("village_id", "number", name=op.f("uq_card_village_id_number")),
    )
    op.create_index(
        op.f("ix_card_village_id_participant_id"), "card", ["village_id", "participant_id"], unique=False
    )
    op.create_index(
        "uq_card_village_id_active",
        "card",
        ["village_id", "participant_id"],
        unique=True,
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_table(
        "card_token",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("card_id", sa.String(), nullable=False),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_card_token_digest_length")),
        sa.ForeignKeyConstraint(
            ["village_id", "card_id"],
            ["card.village_id", "card.id"],
            name=op.f("fk_card_token_village_id_card_id"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_card_token")),
        sa.UniqueConstraint("village_id", "card_id", name=op.f("uq_card_token_village_id_card_id")),
    )


def downgrade() -> None:
    """Drop the tables of roster, with what stands in them."""

    op.drop_table("card_token")
    op.drop_index(
        "uq_card_village_id_active",
        table_name="card",
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )
    op.drop_index(op.f("ix_card_village_id_participant_id"), table_name="card")
    op.drop_table("card")
    op.drop_index(op.f("ix_participant_village_id_sort_key"), table_name="participant")
    op.drop_table("participant")
