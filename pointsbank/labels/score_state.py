"""States of a score as pages and lists show them: as it is stored, and what it has come to since.

已更正 was posted, and posted back; 已撤销 was taken away by an objection before it counted, 已撤回 by whoever
entered it.
"""

from pointsbank.labels import Labels
from pointsbank.labels.score_status import SCORE_STATUS

SCORE_STATE = Labels("score_state", {**SCORE_STATUS.names, "struck": "已撤销", "corrected": "已更正"})

COUNTS_NO_MORE = frozenset({"withdrawn", "struck", "corrected"})
"""States in which the number is struck through."""
