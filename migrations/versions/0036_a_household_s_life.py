"""A household's life: kinds of participant, 常年在外, places that are no place, changes told to the log."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds, replace_checks

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_KINDS = ("household", "party_member", "party_branch", "volunteer_team", "organisation", "group")
_NEW_KINDS = ("village", "street", "keeper")
_STATUSES = ("active", "suspended", "closed")
_LOG_KINDS = ("household_changed", "household_split")


def upgrade() -> None:
    """Let participants be of further kinds and away, a frozen place be none, and the log tell of changes."""
    replace_checks(
        op,
        "participant",
        {
            "ck_participant_kind": _one_of("kind", (*_KINDS, *_NEW_KINDS)),
            "ck_participant_status": _one_of("status", (*_STATUSES, "away")),
        },
    )
    replace_checks(op, "standing", {"ck_standing_place": "place >= 0"})
    change_log_kinds(op, add=_LOG_KINDS)


def downgrade() -> None:
    """Allow no more of them; what there is stays, since nobody can say what else it should have been."""
    replace_checks(
        op,
        "participant",
        {
            "ck_participant_kind": _one_of("kind", (*_KINDS, *_used("kind", _NEW_KINDS))),
            "ck_participant_status": _one_of("status", (*_STATUSES, *_used("status", ("away",)))),
        },
    )
    if not op.get_bind().execute(sa.text("SELECT 1 FROM standing WHERE place = 0 LIMIT 1")).first():
        replace_checks(op, "standing", {"ck_standing_place": "place >= 1"})
    change_log_kinds(op, remove=_LOG_KINDS)


def _one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the condition that a column holds one of these."""
    return f"{column} in ({', '.join(map(repr, values))})"


def _used(column: str, values: tuple[str, ...]) -> list[str]:
    """Return those of these values that some participant has."""
    found = op.get_bind().execute(sa.text(f"SELECT DISTINCT {column} FROM participant"))
    here = {value for (value,) in found}
    return [value for value in values if value in here]
