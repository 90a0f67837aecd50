"""How many rows of scoring's tables the log tells of."""

from collections.abc import Mapping
from typing import Any

from pointsbank.ledger import RowRules, counted, listed


def _agenda(words: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Return how many lines a called meeting's agenda is left with."""
    return {("meeting_agenda", str(words["meeting"])): listed(words, "agenda")}


ROW_RULES = RowRules(
    by_kind={
        "scheme_adopted": lambda words: {"scheme": 1, "scheme_item": listed(words, "items")},
        "meeting_called": lambda words: {"meeting_call": 1},
        "minutes_closed": lambda words: {
            "meeting": 1,
            "meeting_attendance": listed(words, "judges", "absentees"),
            "score": counted(words, "scores"),
            # Those sealed before minutes were numbered say no number.
            "minutes_number": 1 if "number" in words else 0,
        },
        "case_put": lambda words: {"meeting_case": 1},
        "marks_given": lambda words: {"meeting_mark": counted(words, "added")},
        "score_corrected": lambda words: {"score": 1, "score_correction": 1},
    },
    by_source={"base_grant": lambda words: {"base_grant": 1}},
    by_subject={"meeting_called": _agenda, "meeting_call_changed": _agenda},
)
