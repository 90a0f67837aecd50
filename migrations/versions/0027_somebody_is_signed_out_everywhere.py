"""Events tell that somebody was signed out everywhere."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import replace_checks

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_EVENTS = (
    *("signed_in", "refused", "code_refused", "added", "roles", "disabled", "enabled"),
    *("password_reset", "password_changed", "token_made", "token_revoked"),
    *("factor_on", "factor_lost", "factor_off", "recovery_made", "recovery_used", "recovered"),
    "backup_taken",
)


def upgrade() -> None:
    """Let events tell that somebody was signed out everywhere."""
    replace_checks(op, "staff_event", {"ck_staff_event_kind": _one_of((*_EVENTS, "signed_out"))})


def downgrade() -> None:
    """Drop what an older program could not keep: who was signed out everywhere."""
    op.execute(sa.text("DELETE FROM staff_event WHERE kind = 'signed_out'"))
    replace_checks(op, "staff_event", {"ck_staff_event_kind": _one_of(_EVENTS)})


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind in ({', '.join(repr(kind) for kind in kinds)})"
