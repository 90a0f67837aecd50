"""Events tell what is done to the whole installation: its address, its backups, its practice village."""

from alembic import op

from pointsbank.drift import replace_checks, set_aside, take_back

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_EVENTS = (
    *("signed_in", "refused", "code_refused", "added", "roles", "disabled", "enabled"),
    *("password_reset", "password_changed", "token_made", "token_revoked"),
    *("factor_on", "factor_lost", "factor_off", "recovery_made", "recovery_used", "recovered"),
    *("backup_taken", "signed_out"),
)
_NEW_EVENTS = (
    *("copied_out", "restored", "address_set", "backup_folders_set"),
    *("practice_made", "practice_discarded"),
)


def upgrade() -> None:
    """Let events tell of these acts; what was done before is nowhere."""
    replace_checks(op, "staff_event", {"ck_staff_event_kind": _one_of((*_EVENTS, *_NEW_EVENTS))})
    take_back(op, "staff_event", _NEW_EVENTS)


def downgrade() -> None:
    """Put away what an older program could not read."""
    set_aside(op, "staff_event", _NEW_EVENTS)
    replace_checks(op, "staff_event", {"ck_staff_event_kind": _one_of(_EVENTS)})


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind in ({', '.join(repr(kind) for kind in kinds)})"
