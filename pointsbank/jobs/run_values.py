"""What a long print is, how far it may be, and what is refused of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pointsbank.errors import NotFound, Refused

WAITING, RUNNING, DONE, FAILED, CANCELLED, REMOVED = (
    "waiting",
    "running",
    "done",
    "failed",
    "cancelled",
    "removed",
)
OPEN = (WAITING, RUNNING)
MAXIMUM_OPEN = 5
"""Long prints of one village that wait at once: more is a slip of the finger."""
KEPT = timedelta(days=7)
"""A file is kept for so long: some hold names, some the codes of cards."""


class RunUnknown(NotFound):
    """There is no such long print in this village."""

    code = "print_run_unknown"
    sentence = "没有找到这次打印，请从“大批打印”页重新选择。"
    fixed_by = "本人"


class RunsWaiting(Refused):
    """So many wait already that one more would be a slip."""

    code = "print_runs_waiting"
    sentence = "已有{count}次大批打印在排队，请等做完，或者先取消一些。"
    fixed_by = "本人"


class RunOver(Refused):
    """It has ended already, so there is nothing to cancel."""

    code = "print_run_over"
    sentence = "这次打印已经结束，不用取消；文件到期会自动删除。"
    fixed_by = "本人"


class RunNotReady(Refused):
    """Its file is not made yet, or gone."""

    code = "print_run_not_ready"
    sentence = "文件现在取不了：{state}。做好以后请在“大批打印”页下载，到期删除的请再做一次。"
    fixed_by = "本人"


class RunCancelled(Exception):
    """Somebody cancelled it while it was being made."""


@dataclass(frozen=True, slots=True)
class Run:
    """One long print; `state`: a code of `labels.print_run_state`; `options` as they were typed."""

    id: str
    village: str
    kind: str
    title: str
    options: Mapping[str, Any]
    state: str
    attempts: int
    step: int
    steps: int
    doing: str
    asked_by: str
    asked_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    file: str
    size: int
    result: str
    error: str

    @property
    def is_open(self) -> bool:
        """True while it waits or is being made."""
        return self.state in OPEN

    @property
    def goes_at(self) -> datetime | None:
        """When its file is removed; None where there is none."""
        return self.ended_at + KEPT if self.state == DONE and self.ended_at else None
