"""What a text for the wall is for."""

from pointsbank.labels import Labels

WORDING_USE = Labels(
    "wording_use",
    {
        "fact": "上榜事实、原因",
        "deed": "加分条目",
        "fault": "扣分条目",
        "heading": "标题、决议",
        "evidence": "佐证、依据",
        "group": "小组名",
        "team": "队、支部、组织的名称",
        "place": "村名",
    },
)
