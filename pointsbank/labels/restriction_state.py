"""Whether a restriction stands, or how it ended."""

from pointsbank.labels import Labels
from pointsbank.labels.restriction_end import RESTRICTION_END

RESTRICTION_STATE = Labels(
    "restriction_state", {"standing": "限制中", "over": "已到期", **RESTRICTION_END.names}
)
