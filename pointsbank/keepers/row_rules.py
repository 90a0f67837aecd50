"""How many rows of the tables of keepers the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "keeper_list_adopted": lambda words: {"keeper_list": 1, "keeper_list_item": len(words["items"])},
        "keeper_patrolled": lambda words: {"keeper_patrol": 1},
        "keeper_checked": lambda words: {"keeper_check": 1, "keeper_fault": len(words["faults"])},
        "keeper_decided": lambda words: {"keeper_decision": 1},
    }
)
