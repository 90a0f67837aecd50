"""How many rows of the walls' table the log tells of."""

from pointsbank.ledger import RowRules

ROW_RULES = RowRules(by_kind={"wall_put_up": lambda words: {"wall_copy": 1}})
