"""States of a score as pages and lists show them: as it is stored, and 已更正 once it was posted back."""

from pointsbank.labels import Labels
from pointsbank.labels.score_status import SCORE_STATUS

SCORE_STATE = Labels("score_state", {**SCORE_STATUS.names, "corrected": "已更正"})
