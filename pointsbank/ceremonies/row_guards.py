"""What no SQL may do to the rows of ceremonies either."""

from pointsbank.guards import Guard, append_only, erased_only

_SAME = "NEW.{name} IS NOT DISTINCT FROM OLD.{name}"


def _same(*names: str) -> str:
    """Return SQL that these columns stay as they are."""
    return " AND ".join(_SAME.format(name=name) for name in names)


_PLANNED = (
    *("id", "number", "participant_id", "kind", "tables", "cars", "gift", "limits_number", "late"),
    *("announced_on", "announced_at", "announced_by"),
)
# What took place is not moved to another day any more, and what was cancelled does not come back.
_STEP = (
    "NEW.status = OLD.status"
    " OR (OLD.status = 'announced' AND NEW.status IN ('reported', 'cancelled'))"
    " OR (OLD.status = 'reported' AND NEW.status IN ('kept', 'not_kept'))"
    " OR (OLD.status IN ('kept', 'not_kept') AND NEW.status = 'reported')"
)
_MOVED = f"(OLD.status = 'announced' AND NEW.status = 'announced') OR ({_same('held_on', 'last_on')})"
_SIGNED = f"OLD.signed_on IS NULL OR ({_same('signed_on', 'signed_at', 'signed_by')})"
_LAST = (
    "SELECT kind FROM ceremony_decision AS earlier WHERE earlier.village_id = NEW.village_id"
    " AND earlier.ceremony_id = NEW.ceremony_id ORDER BY earlier.number DESC LIMIT 1"
)
_CHANGED = ("ceremony_id", "number", "kind", "old_on", "new_on", "changed_at", "changed_by")
_SEEN = (
    *("ceremony_id", "elder_kind", "elder_participant_id", "panel_id", "member_number"),
    *("tables", "cars", "days", "kept", "reported_on", "reported_at", "reported_by"),
)
_DECIDED = (
    *("ceremony_id", "number", "kind", "meeting_id", "score_id", "decided_on", "decided_at", "decided_by"),
)

GUARDS = (
    *append_only("ceremony_limits"),
    Guard("ceremony", "INSERT", unless="NEW.status = 'announced' AND NEW.signed_on IS NULL"),
    Guard(
        "ceremony",
        "UPDATE",
        unless=f"{erased_only(['place', 'words'], _PLANNED)} AND ({_STEP}) AND ({_MOVED}) AND ({_SIGNED})",
    ),
    Guard("ceremony", "DELETE"),
    Guard("ceremony_change", "UPDATE", unless=erased_only(["reason"], _CHANGED)),
    Guard("ceremony_change", "DELETE"),
    Guard("ceremony_report", "UPDATE", unless=erased_only(["elder_name", "words"], _SEEN)),
    Guard("ceremony_report", "DELETE"),
    # What stands decided is not decided again; it is put back first.
    Guard(
        "ceremony_decision",
        "INSERT",
        unless=f"coalesce(({_LAST}) <> 'put_back', false) = (NEW.kind = 'put_back')",
    ),
    Guard("ceremony_decision", "UPDATE", unless=erased_only(["reason"], _DECIDED)),
    Guard("ceremony_decision", "DELETE"),
)
