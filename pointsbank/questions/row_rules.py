"""How many rows of the tables of questions the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "question_asked": lambda words: {"question": 1},
        "question_answered": lambda words: {"question_answer": 1},
    }
)
