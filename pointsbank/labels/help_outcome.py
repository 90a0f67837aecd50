"""What came of a helper's visits."""

from pointsbank.labels import Labels

HELP_OUTCOME = Labels("help_outcome", {"turned": "已经转变", "partly": "有所转变", "unchanged": "还没有转变"})
