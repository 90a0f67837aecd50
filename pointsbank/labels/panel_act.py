"""What was changed about a panel."""

from pointsbank.labels import Labels

PANEL_ACT = Labels(
    "panel_act",
    {
        "panel": "修改名称、规则或责任区",
        "joined": "加入",
        "member": "修改成员",
        "left": "退出",
        "relative_named": "登记亲属",
        "relative_dropped": "去掉亲属",
    },
)
