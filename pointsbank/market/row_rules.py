"""How many rows of the market's tables the log tells of."""

from collections.abc import Mapping
from typing import Any

from pointsbank.ledger import RowRules, listed


def _pin_event(words: Mapping[str, Any]) -> dict[str, int]:
    """Return what the entry of a PIN tells of."""
    return {"pin_event": 1}


ROW_RULES = RowRules(
    by_kind={
        **dict.fromkeys(("pin_set", "pin_reset", "pin_changed"), _pin_event),
        "stocktake": lambda words: {
            "stocktake": 1,
            "stocktake_count": listed(words, "counts"),
            "stocktake_return": listed(words, "returns"),
            "stock_move": listed(words, "differences"),
        },
        "price_set": lambda words: {
            "goods_price": listed(words, "prices"),
            "goods": listed(words, "added"),
        },
    },
    by_source={
        "redemption": lambda words: {"redemption": 1, "stock_move": listed(words, "lines")},
        "redemption_return": lambda words: {"redemption_return": 1, "stock_move": listed(words, "lines")},
        "redemption_reversal": lambda words: {"redemption_reversal": 1, "stock_move": listed(words, "lines")},
    },
)
