"""How many rows of the market's tables the log tells of."""

from pointsbank.ledger import RowRules, listed

ROW_RULES = RowRules(
    by_kind={
        "stocktake": lambda words: {
            "stocktake": 1,
            "stocktake_count": listed(words, "counts"),
            "stocktake_return": listed(words, "returns"),
            "stock_move": listed(words, "differences"),
        }
    },
    by_source={
        "redemption": lambda words: {"redemption": 1, "stock_move": listed(words, "lines")},
        "redemption_reversal": lambda words: {"redemption_reversal": 1, "stock_move": listed(words, "lines")},
    },
)
