"""States of a line on the checklist before a month is closed."""

from pointsbank.labels import Labels

CHECK_STATE = Labels("check_state", {"done": "好了", "open": "先办", "heed": "请看"})
