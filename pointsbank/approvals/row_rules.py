"""How many rows of approvals the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(by_kind={"approval_requested": lambda words: {"approval": 1}})
