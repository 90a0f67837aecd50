"""What keeps the rows of scoring as they were written; SQL over OLD and NEW."""

from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.scoring.base_models import BASE_GUARDS


def _while(table: str, row: str, key: str, status: str) -> str:
    """A condition: the scheme or meeting a row belongs to is still in this state."""
    return (
        f"EXISTS (SELECT 1 FROM {table} AS owner WHERE owner.village_id = {row}.village_id"
        f" AND owner.id = {row}.{key} AND owner.status = '{status}')"
    )


# What was judged stays as it was written; only a note may be blanked (erasure), and only the way from the
# minutes to the ledger moves on. Posted and withdrawn are the ends of that way.
_AS_JUDGED = " AND ".join(
    f"NEW.{column} = OLD.{column}"
    for column in (
        "meeting_id",
        "number",
        "participant_id",
        "item_id",
        "item_code",
        "occurred_on",
        "points",
        "counted_points",
        "entered_by",
        "entered_at",
    )
)
_AS_JUDGED += " AND NEW.same_deed IS NOT DISTINCT FROM OLD.same_deed"
# Said to be the same deed as a score: one of the same household and day, and the first of them.
_OF_ONE_DEED = (
    "(NEW.same_deed IS NULL OR EXISTS (SELECT 1 FROM score f WHERE f.village_id = NEW.village_id"
    " AND f.id = NEW.same_deed AND f.same_deed IS NULL AND f.participant_id = NEW.participant_id"
    " AND f.occurred_on = NEW.occurred_on))"
)
_SAME_PERSON = " AND ".join(
    f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
    for column in ("village_id", "meeting_id", "position", "name", "participant_id")
)
_NOT_AT_ITS_END = "(OLD.status NOT IN ('posted', 'withdrawn') OR NEW.status = OLD.status)"

# A new version of a score stands in the minutes of the old one, and only under its correction.
_CORRECTS = (
    "EXISTS (SELECT 1 FROM score_correction c"
    " JOIN score o ON o.village_id = c.village_id AND o.id = c.corrects"
    " WHERE c.village_id = NEW.village_id AND c.score_id = NEW.id AND o.meeting_id = NEW.meeting_id"
    " AND NEW.status = 'published')"
)
_ON_ITS_WAY = (
    "EXISTS (SELECT 1 FROM score o WHERE o.village_id = NEW.village_id AND o.id = NEW.corrects"
    " AND ((NEW.reverses AND o.status = 'posted') OR (NOT NEW.reverses AND o.status = 'withdrawn')))"
)
_NEXT_VERSION = (
    "NEW.version = 1 + COALESCE((SELECT c.version FROM score_correction c"
    " WHERE c.village_id = NEW.village_id AND c.score_id = NEW.corrects), 1)"
)
_KEPT = (
    *("village_id", "score_id", "corrects", "version", "struck", "reverses", "requested_by"),
    *("confirmed_by", "corrected_at", "days"),
)
_WAITS = "(OLD.posted_at IS NULL AND OLD.dropped_at IS NULL)"
_AS_ENDED = " AND ".join(
    f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
    for column in ("posted_at", "dropped_at", "taken_back_in", "reversal_index")
)
_AS_PUBLISHED = " AND ".join(
    f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
    for column in ("place", "hung_on", "hung_at", "hung_by", "ends_on")
)

GUARDS = (
    Guard("scheme", "UPDATE", unless="OLD.status = 'draft'"),
    Guard("scheme", "DELETE", unless="OLD.status = 'draft'"),
    Guard("scheme_item", "INSERT", unless=_while("scheme", "NEW", "scheme_id", "draft")),
    Guard("scheme_item", "UPDATE"),
    Guard("scheme_item", "DELETE", unless=_while("scheme", "OLD", "scheme_id", "draft")),
    Guard("meeting_attendance", "INSERT", unless=_while("meeting", "NEW", "meeting_id", "open")),
    # Whoever comes late or goes early: while the meeting is open, and nothing but that.
    Guard(
        "meeting_attendance",
        "UPDATE",
        unless=f"{_while('meeting', 'OLD', 'meeting_id', 'open')} AND {_SAME_PERSON}",
    ),
    Guard("meeting_attendance", "DELETE"),
    *append_only("meeting_note"),
    Guard(
        "score",
        "INSERT",
        unless=f"({_while('meeting', 'NEW', 'meeting_id', 'open')} OR {_CORRECTS}) AND {_OF_ONE_DEED}",
    ),
    Guard(
        "score",
        "UPDATE",
        unless=f"{_AS_JUDGED} AND {_NOT_AT_ITS_END} AND (NEW.note = OLD.note OR NEW.note = '')",
    ),
    Guard("score", "DELETE"),
    Guard("score_correction", "INSERT", unless=f"{_ON_ITS_WAY} AND {_NEXT_VERSION}"),
    Guard(
        "score_correction",
        "UPDATE",
        unless=f"{erased_only(['reason'], _KEPT)} AND ({_WAITS} OR {_AS_ENDED})"
        f" AND (({_WAITS} AND OLD.hung_on IS NULL) OR ({_AS_PUBLISHED}))",
    ),
    Guard("score_correction", "DELETE"),
    *BASE_GUARDS,
)
