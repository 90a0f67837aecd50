"""How many rows of the tables of attachments the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(
    by_kind={
        "attachment_added": lambda words: {"attachment": 1, "attachment_content": 1},
        "attachment_removed": lambda words: {"attachment_removal": 1, "attachment_content": -1},
    }
)
