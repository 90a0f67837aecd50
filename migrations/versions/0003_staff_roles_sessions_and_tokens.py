"""Staff roles sessions and tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of staff."""

    op.create_table(
        "setup_code",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_setup_code")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.CheckConstraint("login = lower(login)", name=op.f("ck_staff_login_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "throttle",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("counted_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_throttle")),
    )
    op.create_index(op.f("ix_throttle_counted_from"), "throttle", ["counted_from"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_api_token_staff_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_api_token")),
    )
    op.create_index(op.f("ix_api_token_staff_id"), "api_token", ["staff_id"], unique=False)
    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("village_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('committee', 'supervisor') AND seat = 'judgement') OR (role NOT IN ('committee', 'supervisor') AND seat = role)",
            name=op.f("ck_staff_role_seat"),
        ),
        sa.CheckConstraint(
            "role = 'admin' OR (role = 'county' AND village_id IS NULL) OR (role <> 'county' AND village_id IS NOT NULL)",
            name=op.f("ck_staff_role_place"),
        ),
        sa.CheckConstraint(
            "role IN ('committee', 'clerk', 'supervisor', 'admin', 'county')", name=op.f("ck_staff_role_role")
        ),
        sa.CheckConstraint("scope = coalesce(village_id, '*')", name=op.f("ck_staff_role_scope")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_staff_role_village_id")),
        sa.PrimaryKeyConstraint("staff_id", "scope", "seat", name=op.f("pk_staff_role")),
    )
    op.create_index(op.f("ix_staff_role_village_id"), "staff_role", ["village_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "file_look",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_file_look_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_file_look_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_file_look")),
    )
    op.create_index(
        op.f("ix_file_look_village_id_participant_id_looked_at"),
        "file_look",
        ["village_id", "participant_id", "looked_at"],
        unique=False,
    )


def downgrade() -> None:
    """Drop the tables of staff, with what stands in them."""

    op.drop_index(op.f("ix_file_look_village_id_participant_id_looked_at"), table_name="file_look")
    op.drop_table("file_look")
    op.drop_index(op.f("ix_staff_session_staff_id"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index(op.f("ix_staff_role_village_id"), table_name="staff_role")
    op.drop_table("staff_role")
    op.drop_index(op.f("ix_api_token_staff_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_index(op.f("ix_throttle_counted_from"), table_name="throttle")
    op.drop_table("throttle")
    op.drop_table("staff")
    op.drop_table("setup_code")
