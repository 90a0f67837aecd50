"""How many rows of scoring's tables the log tells of."""

from pointsbank.ledger import RowRules, counted, listed

ROW_RULES = RowRules(
    by_kind={
        "scheme_adopted": lambda words: {"scheme": 1, "scheme_item": listed(words, "items")},
        "minutes_closed": lambda words: {
            "meeting": 1,
            "meeting_attendance": listed(words, "judges", "absentees"),
            "score": counted(words, "scores"),
        },
        "score_corrected": lambda words: {"score": 1, "score_correction": 1},
    }
)
