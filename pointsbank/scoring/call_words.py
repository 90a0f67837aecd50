"""What the log says of meetings that were called, changed and cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pointsbank import ledger
from pointsbank.scoring.agenda import AgendaLine


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What a meeting is called for, checked."""

    title: str
    place: str
    panel: str | None
    panel_name: str
    agenda: list[AgendaLine]

    def words(self, call: str, day: date) -> dict[str, Any]:
        """Return it as the log keeps it, of the call with this id for this day."""
        return {
            "meeting": call,
            "day": day.isoformat(),
            "title": self.title,
            "place": self.place,
            "panel": self.panel,
            "panel_name": self.panel_name,
            "agenda": [[one.kind, one.subject] for one in self.agenda],
        }


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
