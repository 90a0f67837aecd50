"""How many rows of the tables of claims the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "claim_filed": lambda words: {"claim": 1},
        "claim_decided": lambda words: {"claim_decision": 1},
    }
)
