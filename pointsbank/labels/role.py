"""Roles of the people who sign in."""

from pointsbank.labels import Labels

ROLE = Labels(
    "role",
    {
        "committee": "评议小组",
        "clerk": "超市店员",
        "supervisor": "村务监督",
        "admin": "管理员",
        "county": "县镇",
        "leader": "小组长",
        "inspector": "检查员",
    },
)
