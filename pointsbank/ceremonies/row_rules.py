"""How many rows of the tables of ceremonies the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "ceremony_limits_adopted": lambda words: {"ceremony_limits": 1},
        "ceremony_announced": lambda words: {"ceremony": 1},
        "ceremony_changed": lambda words: {"ceremony_change": 1},
        "ceremony_reported": lambda words: {"ceremony_report": 1},
        "ceremony_decided": lambda words: {"ceremony_decision": 1},
    }
)
