"""How many rows of the helpers' tables the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "listing_helped": lambda words: {
            "helper": int(words.get("step") == "assigned"),
            "helper_visit": int(words.get("step") == "visited"),
        }
    }
)
