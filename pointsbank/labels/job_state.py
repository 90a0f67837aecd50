"""States of a job that the program does by itself."""

from pointsbank.labels import Labels

JOB_STATE = Labels(
    "job_state",
    {
        "waiting": "还没有做过",
        "running": "正在做",
        "done": "已做完",
        "failed": "没有做成",
    },
)
