"""What a newer version of the scheme did with an item."""

from pointsbank.labels import Labels

SCHEME_CHANGE = Labels(
    "scheme_change", {"added": "新增", "dropped": "取消", "changed": "改动", "same": "没有改动"}
)
