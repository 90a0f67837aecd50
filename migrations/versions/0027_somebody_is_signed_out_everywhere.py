"""Events tell that somebody was signed out everywhere."""

from alembic import op

from pointsbank.drift import replace_checks, set_aside, take_back

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
    take_back(op, "staff_event", ["signed_out"])


def downgrade() -> None:
    """Put away what an older program could not read: who was signed out everywhere."""
    set_aside(op, "staff_event", ["signed_out"])
    replace_checks(op, "staff_event", {"ck_staff_event_kind": _one_of(_EVENTS)})


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind in ({', '.join(repr(kind) for kind in kinds)})"
