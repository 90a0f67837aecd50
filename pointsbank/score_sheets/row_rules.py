"""How many rows of the tables of score sheets the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "score_sheet_printed": lambda words: {"score_sheet": 1},
        "score_sheet_read": lambda words: {"score_sheet_reading": 1},
        "score_sheet_entered": lambda words: {"score_sheet_entry": 1},
    }
)
