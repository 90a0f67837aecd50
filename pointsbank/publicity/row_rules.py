"""How many rows of publicity's tables the log tells of."""

from pointsbank.ledger import RowRules, listed

ROW_RULES = RowRules(
    by_kind={
        "notice_up": lambda words: {"notice": 1, "gathered_day_book": listed(words, "day_books")},
        "notice_hung": lambda words: {"hanging": 1},
        "objection_filed": lambda words: {"score_objection": int(words.get("thing") == "score")},
        "objection_decided": lambda words: {"score_objection_answer": int(words.get("thing") == "score")},
        "consent_given": lambda words: {"consent": 1},
    }
)
