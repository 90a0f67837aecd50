"""What no SQL may do to the rows of questions either."""

from pointsbank.guards import Guard, erased_only

_SAME = "NEW.{name} IS NOT DISTINCT FROM OLD.{name}"


def _same(*names: str) -> str:
    """Return SQL that these columns stay as they are."""
    return " AND ".join(_SAME.format(name=name) for name in names)


_ASKED = (
    *("id", "number", "kind", "participant_id", "way", "due_on"),
    *("asked_on", "asked_at", "recorded_by"),
)
# What was withdrawn stays so, and what was answered is not open again.
_STEP = (
    "NEW.status = OLD.status"
    " OR (OLD.status <> 'withdrawn' AND NEW.status IN ('published', 'unpublished', 'withdrawn'))"
)
# Whoever answers is passed on to only while nobody has.
_PASSED_ON = f"OLD.status = 'open' OR ({_same('role')})"
_WITHDRAWN = f"OLD.withdrawn_at IS NULL OR ({_same('withdrawn_at', 'withdrawn_by')})"
_NEXT = (
    "NEW.number = 1 + (SELECT count(*) FROM question_answer a WHERE a.village_id = NEW.village_id"
    " AND a.question_id = NEW.question_id)"
)
_STANDS = (
    "EXISTS (SELECT 1 FROM question q WHERE q.village_id = NEW.village_id AND q.id = NEW.question_id"
    " AND q.status <> 'withdrawn' AND q.role = NEW.role)"
)
_ANSWERED = (
    *("question_id", "number", "published", "reason", "role", "shown_until"),
    *("answered_on", "answered_at", "answered_by"),
)

GUARDS = (
    Guard("question", "INSERT", unless="NEW.status = 'open' AND NEW.withdrawn_at IS NULL"),
    Guard(
        "question",
        "UPDATE",
        unless=f"{erased_only(['words'], _ASKED)} AND ({_STEP}) AND ({_PASSED_ON}) AND ({_WITHDRAWN})",
    ),
    Guard("question", "DELETE"),
    Guard("question_answer", "INSERT", unless=f"{_NEXT} AND {_STANDS}"),
    Guard("question_answer", "UPDATE", unless=erased_only(["question_words", "words"], _ANSWERED)),
    Guard("question_answer", "DELETE"),
)
