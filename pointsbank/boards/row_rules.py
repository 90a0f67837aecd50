"""How many rows of the boards' tables the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "listing_up": lambda words: {"listing": 1, "listing_decision": 1},
        "listing_down": lambda words: {"listing_end": 1},
        "objection_filed": lambda words: {
            "listing_objection": int(words.get("thing") == "listing"),
            "listing_fact_objection": int(words.get("thing") == "listing_fact"),
        },
        "objection_decided": lambda words: {
            "listing_objection_answer": int(words.get("thing") == "listing"),
            "listing_fact_objection_answer": int(words.get("thing") == "listing_fact"),
        },
        "listing_fact_recorded": lambda words: {"listing_fact": 1},
        "listing_delivered": lambda words: {"listing_delivery": 1},
        "listing_countersigned": lambda words: {"listing_visa": 1},
        "boards_left": lambda words: {"board_leave": 1},
        "board_kind_adopted": lambda words: {"praise_kind": 1},
        "black_board_resolved": lambda words: {"black_board_resolution": 1},
    }
)
