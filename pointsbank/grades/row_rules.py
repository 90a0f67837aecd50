"""How many rows of the tables of grades the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "grade_table_adopted": lambda words: {"grade_table": 1, "grade_band": len(words["bands"])},
        "grade_measure_done": lambda words: {"grade_measure": len(words["participants"])},
    }
)
