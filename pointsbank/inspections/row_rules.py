"""How many rows of the tables of inspections the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "inspection_begun": lambda words: {"inspection_round": 1},
        "inspection_made": lambda words: {"inspection": 1, "inspection_fault": len(words["faults"])},
        "inspection_decided": lambda words: {"inspection_decision": 1},
    }
)
