"""Founding a village: its log begins with its name, its settings, and whoever has a role in all villages."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, staff, villages
from pointsbank.governing.reaching import hold_reach
from pointsbank.governing.roles import Here, roles_record
from pointsbank.governing.settings import Value, settings_words
from pointsbank.ledger import LogRecord
from pointsbank.villages import Village


def found_village(
    session: Session,
    *,
    code: str,
    name: str,
    by: str,
    at: datetime,
    chosen: Mapping[str, Value] | None = None,
) -> Village:
    """Found a village, and begin its log with what it has chosen.

    Args:
        chosen: settings that differ from the defaults. Nobody is there yet whom they could loosen.

    Raises:
        VillageCodeInvalid, VillageNameInvalid: code or name have the wrong form.
        VillageExists: the code is taken.
        VillageSettingUnknown, VillageSettingInvalid: something chosen is no setting, or out of bounds.
        VillageUnknown: never, of a village that was founded a moment ago.

    And those of `settings_words` and `record_many`, which cannot be so of a new village.

    Example:
        governing.found_village(session, code="cy", name="茶源村", by="operator", at=now).name == "茶源村"
    """
    hold_reach(session)
    village = ledger.found_village(session, code=code, name=name, by=by, at=at)
    villages.change_settings(session, village=code, changes=dict(chosen or {}))
    words = {
        "name": village.name,
        "founded_at": at.astimezone(UTC).isoformat(),
        "settings": settings_words(session, village=code),
    }
    everywhere = [
        roles_record(one.staff, (), one.roles, Here(code))
        for one in staff.everyone(session)
        if any(place is None for place, _ in one.roles)
    ]
    records = [LogRecord("village_founded", words), *everywhere]
    ledger.record_many(session, records, village=code, by=by, at=at)
    return village


@ledger.describes("village_founded")
def _founded(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 建立茶源村."""
    return f"建立{words['name']}"
