"""How far a long print is: in the queue, being made, or how it ended."""

from pointsbank.labels import Labels

PRINT_RUN_STATE = Labels(
    "print_run_state",
    {
        "waiting": "排队中",
        "running": "正在做",
        "done": "做好了",
        "failed": "没有做成",
        "cancelled": "已取消",
        "removed": "到期已删除",
    },
)
