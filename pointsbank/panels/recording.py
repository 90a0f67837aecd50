"""The entries of the log that say what was changed about a panel, and their sentences."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.labels.panel_act import PANEL_ACT
from pointsbank.panels.values import Panel


def record_change(
    session: Session,
    changed: Panel,
    act: str,
    *,
    village: str,
    by: str,
    at: datetime,
    reason: str = "",
    person: str = "",
    participants: tuple[str | None, ...] = (),
) -> None:
    """Write the entry of a change of a panel, as it stands now.

    Args:
        act: what was changed, a code of `labels.panel_act`.
        person: the name of the member whom it is about.
        participants: ids of the households that it is about: forgotten with one of them are these words.

    Raises:
        VillageUnknown: there is no such village.
    """
    words: dict[str, Any] = {
        "panel": changed.id,
        "name": changed.name,
        "rule": changed.rule,
        "area": list(changed.area),
        "act": act,
        "person": person,
        "reason": reason,
        "participants": sorted({one for one in participants if one}),
    }
    ledger.record(session, village=village, kind="panel_changed", by=by, at=at, words=words)


@ledger.describes("panel_made")
def _made(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 设立一组评议小组（责任区：一组）."""
    area = "、".join(words["area"])
    return f"设立{words['name']}（责任区：{area}）" if area else f"设立{words['name']}"


@ledger.describes("panel_changed")
def _changed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 村评议小组：加入龙凤泉。换届."""
    end = f"。{words['reason']}" if words["reason"] else ""
    return f"{words['name']}：{PANEL_ACT.name(words['act'])}{words['person']}{end}"


@ledger.describes("panel_ended")
def _ended(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 撤销一组评议小组。并组."""
    return f"撤销{words['name']}。{words['reason']}"
