"""What the log says of meetings that were called, changed and cancelled."""

from collections.abc import Mapping
from typing import Any

from pointsbank import ledger


@ledger.describes("meeting_called")
def _called(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 召集九月评议会，定在2026-09-28，村委会二楼."""
    return "，".join(filter(None, (f"召集{words['title']}", f"定在{words['day']}", words["place"])))


@ledger.describes("meeting_call_changed")
def _changed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 九月评议会改为2026-09-29，村委会二楼."""
    return "，".join(filter(None, (f"{words['title']}改为{words['day']}", words["place"])))


@ledger.describes("meeting_cancelled")
def _cancelled(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 取消九月评议会（2026-09-28）。大雨."""
    return f"取消{words['title']}（{words['day']}）。{words['reason']}"
