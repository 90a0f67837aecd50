"""How many rows of the boards' tables the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "listing_up": lambda words: {"listing": 1, "listing_decision": 1},
        "listing_down": lambda words: {"listing_end": 1},
        "objection_filed": lambda words: {"listing_objection": int(words.get("thing") == "listing")},
        "objection_decided": lambda words: {"listing_objection_answer": int(words.get("thing") == "listing")},
        "boards_left": lambda words: {"board_leave": 1},
        "board_kind_adopted": lambda words: {"praise_kind": 1},
        "black_board_resolved": lambda words: {"black_board_resolution": 1},
    }
)
