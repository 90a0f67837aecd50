"""How many rows of the tables of spot checks the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "spot_check_planned": lambda words: {"spot_check": 1},
        "spot_check_thrown": lambda words: {"spot_check_throw": 1},
        "spot_check_answered": lambda words: {"spot_check_answer": len(words["answers"])},
    }
)
