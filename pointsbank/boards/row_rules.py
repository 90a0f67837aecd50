"""How many rows of the boards' tables the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "listing_up": lambda words: {"listing": 1, "listing_decision": 1},
        "listing_down": lambda words: {"listing_end": 1},
    }
)
