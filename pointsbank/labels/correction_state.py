"""Where a correction of a score stands on a day, as people see it: once its days are over it waits."""

from pointsbank.labels import Labels
from pointsbank.labels.correction_status import CORRECTION_STATUS

CORRECTION_STATE = Labels("correction_state", {**CORRECTION_STATUS.names, "over": "更正期满，待入账"})
