"""Acts that wait for a second person, and what becomes of PINs, in the log."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_KINDS = (
    "approval_requested",
    "approval_confirmed",
    "approval_declined",
    "approval_withdrawn",
    "approval_expired",
    "pin_set",
    "pin_reset",
    "pin_changed",
)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and let the log tell of them; PINs that are there stay as old as they are."""
    change_log_kinds(op, add=_KINDS)
    _make_approval()
    _make_pin_proposal()
    _make_pin_event()


def downgrade() -> None:
    """Drop the tables and forget the kinds of entries; a village whose log has one cannot go back."""
    for name in ("pin_event", "pin_proposal", "approval"):
        op.drop_table(name)
    change_log_kinds(op, remove=_KINDS)


def _make_approval() -> None:
    op.create_table(
        "approval",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("requested_index", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_index", sa.BigInteger(), nullable=True),
        sa.Column("on_screen", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "status in ('waiting', 'confirmed', 'declined', 'withdrawn', 'expired')",
            name=op.f("ck_approval_status"),
        ),
        sa.CheckConstraint("(status = 'waiting') = (ended_at is null)", name=op.f("ck_approval_ended_at")),
        sa.CheckConstraint(
            "(status = 'waiting') = (ended_index is null)", name=op.f("ck_approval_ended_index")
        ),
        sa.CheckConstraint(
            "(status in ('waiting', 'expired')) = (ended_by is null)", name=op.f("ck_approval_ended_by")
        ),
        sa.CheckConstraint(
            "status not in ('confirmed', 'declined') or ended_by <> requested_by",
            name=op.f("ck_approval_two_people"),
        ),
        sa.CheckConstraint(
            "status <> 'withdrawn' or ended_by = requested_by", name=op.f("ck_approval_withdrawn_by")
        ),
        sa.CheckConstraint(
            "status <> 'confirmed' or ended_at < expires_at", name=op.f("ck_approval_in_time")
        ),
        sa.CheckConstraint("expires_at > requested_at", name=op.f("ck_approval_lasts")),
        sa.CheckConstraint("(status = 'declined') or reason = ''", name=op.f("ck_approval_reason")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_approval_village_id")),
        sa.ForeignKeyConstraint(
            ["village_id", "requested_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_approval_village_id_requested_index"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "ended_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_approval_village_id_ended_index"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_approval")),
    )
    op.create_index(
        op.f("ix_approval_village_id_kind_subject"),
        "approval",
        ["village_id", "kind", "subject"],
        unique=True,
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(
        op.f("ix_approval_village_id_requested_index"), "approval", ["village_id", "requested_index"]
    )


def _make_pin_proposal() -> None:
    op.create_table(
        "pin_proposal",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("proposed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_pin_proposal_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_pin_proposal")),
    )
    op.create_index(
        op.f("ix_pin_proposal_village_id_participant_id"), "pin_proposal", ["village_id", "participant_id"]
    )


def _make_pin_event() -> None:
    op.create_table(
        "pin_event",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=True),
        sa.Column("done_at", _MOMENT, nullable=False),
        sa.CheckConstraint("kind in ('set', 'reset', 'changed')", name=op.f("ck_pin_event_kind")),
        sa.CheckConstraint("(kind = 'changed') = (second is null)", name=op.f("ck_pin_event_second")),
        sa.CheckConstraint("second is null or second <> done_by", name=op.f("ck_pin_event_two_people")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_pin_event_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "card_id"],
            ["card.village_id", "card.id"],
            name=op.f("fk_pin_event_village_id_card_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "log_index"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_pin_event_village_id_log_index"),
        ),
        sa.PrimaryKeyConstraint("village_id", "log_index", name=op.f("pk_pin_event")),
    )
    op.create_index(
        op.f("ix_pin_event_village_id_participant_id_log_index"),
        "pin_event",
        ["village_id", "participant_id", "log_index"],
    )
