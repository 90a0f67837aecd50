"""How many rows of the tables of indices the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "index_rules_adopted": lambda words: {"index_adoption": 1, "index_rule": len(words["rules"])},
    }
)
