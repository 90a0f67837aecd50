"""How many rows of the roster's tables the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "card_issued": lambda words: {"card": 1},
        "listing_barred": lambda words: {"award_bar": len(words["kinds"])},
        "restriction_begun": lambda words: {"restriction": len(words["kinds"])},
    }
)
