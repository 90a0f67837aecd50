"""How many rows of the tables of the year's end the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "year_end_adopted": lambda words: {"year_end_rule": 1},
        "year_end_posted": lambda words: {"year_end_run": 1, "year_end_line": words.get("lines", 0)},
    }
)
