"""Jobs that the program does by itself, and backups taken along as something that happens."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import replace_checks, set_aside, take_back

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_EVENTS = (
    *("signed_in", "refused", "code_refused", "added", "roles", "disabled", "enabled"),
    *("password_reset", "password_changed", "token_made", "token_revoked"),
    *("factor_on", "factor_lost", "factor_off", "recovery_made", "recovery_used", "recovered"),
)
_NEW_EVENT = "backup_taken"


def upgrade() -> None:
    """Make the table of jobs, and let events tell that somebody took a backup along."""
    op.create_table(
        "job",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_job_named")),
        sa.CheckConstraint("state in ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.CheckConstraint("beat >= 0 AND attempts >= 0", name=op.f("ck_job_counts")),
        sa.CheckConstraint("step >= 0 AND step <= steps", name=op.f("ck_job_step")),
        sa.CheckConstraint("(state = 'running') = (worker <> '')", name=op.f("ck_job_worker")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job")),
    )
    replace_checks(op, "staff_event", {"ck_staff_event_kind": _one_of((*_EVENTS, _NEW_EVENT))})
    take_back(op, "staff_event", [_NEW_EVENT])


def downgrade() -> None:
    """Drop the table, and put away what an older program could not read: who took a backup along."""
    set_aside(op, "staff_event", [_NEW_EVENT])
    replace_checks(op, "staff_event", {"ck_staff_event_kind": _one_of(_EVENTS)})
    op.drop_table("job")


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind in ({', '.join(repr(kind) for kind in kinds)})"
