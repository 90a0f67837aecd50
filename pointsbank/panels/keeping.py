"""Making, changing and ending panels."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from pointsbank import governing, ledger, roster, villages
from pointsbank.database import new_id
from pointsbank.errors import Refused
from pointsbank.panels.checking import check_area
from pointsbank.panels.models import PanelGroupRow, PanelRow
from pointsbank.panels.reading import lock_standing, panel, panels
from pointsbank.panels.recording import record_change
from pointsbank.panels.values import Panel
from pointsbank.text import clean_name, clean_required

MAXIMUM_NAME = 60
MAXIMUM_REASON = 200


class PanelExists(Refused):
    """Another panel of the village has this name."""

    code = "panel_exists"
    sentence = "本村已有“{name}”，请换一个名称，或者直接修改它。"
    fixed_by = "村委"


def make_panel(
    session: Session,
    *,
    village: str,
    kind: str,
    name: str,
    rule: str,
    by: str,
    at: datetime,
    groups: Collection[str] = (),
) -> Panel:
    """Make a panel on which nobody sits yet; locks the village.

    Args:
        kind: a code of `labels.panel_kind`.
        rule: how marks come together, a code of `labels.panel_rule`.
        groups: ids of the groups of its area; none for the whole village.

    Raises:
        VillageUnknown: there is no such village.
        AreaInvalid: the area does not fit the kind.
        PanelExists: another panel has this name.
        TextInvalid: the name is empty, longer than 60 characters, or has hidden ones.
        Wording: the name tells of the people on it what the law keeps private.
        NamesSomebody: it names somebody of the village.

    Example:
        panels.make_panel(session, kind="village", name="村评议小组", rule="mean", **common).members == ()
    """
    tidy = _tidy_name(session, village, name)
    villages.lock(session, village=village)
    area = sorted(set(groups))
    check_area(kind, area, _open_groups(session, village))
    _refuse_taken(session, village, tidy)
    row = PanelRow(
        village_id=village, id=new_id(session), kind=kind, name=tidy, rule=rule, made_by=by, made_at=at
    )
    session.add(row)
    session.flush()
    _set_area(session, village, row.id, area)
    made = panel(session, village=village, panel_id=row.id)
    words = {"panel": made.id, "name": tidy, "kind": kind, "rule": rule, "area": list(made.area)}
    ledger.record(session, village=village, kind="panel_made", by=by, at=at, words=words)
    return made


def change_panel(
    session: Session,
    *,
    village: str,
    panel_id: str,
    name: str,
    rule: str,
    groups: Collection[str],
    reason: str,
    by: str,
    at: datetime,
) -> Panel:
    """Give a panel another name, rule or area; who sits on it stays. Locks the village.

    Args:
        rule: a code of `labels.panel_rule`.
        groups: ids of the groups of its area from now on.

    Raises:
        VillageUnknown, PanelUnknown, PanelEnded: as `lock_standing`.
        AreaInvalid: the area does not fit the kind.
        PanelExists: another panel has this name.
        TextInvalid: name or reason is empty, too long, or has hidden characters.
        Wording, NamesSomebody: as `make_panel`.

    Example:
        panels.change_panel(session, panel_id=id, rule="trimmed", reason="村民代表会议决定", **same)
    """
    tidy, why = _tidy_name(session, village, name), clean_required(reason, maximum=MAXIMUM_REASON)
    before = lock_standing(session, village=village, panel_id=panel_id)
    area = sorted(set(groups))
    check_area(before.kind, area, _open_groups(session, village))
    if tidy != before.name:
        _refuse_taken(session, village, tidy)
    mine = update(PanelRow).where(PanelRow.in_village(village), col(PanelRow.id) == panel_id)
    session.exec(mine.values(name=tidy, rule=rule))
    if area != sorted(before.groups):
        _set_area(session, village, panel_id, area)
    changed = panel(session, village=village, panel_id=panel_id)
    record_change(session, changed, "panel", village=village, by=by, at=at, reason=why)
    return changed


def end_panel(session: Session, *, village: str, panel_id: str, reason: str, by: str, at: datetime) -> Panel:
    """End a panel: it is proposed for no meeting any more; past meetings keep who sat. Locks the village.

    Raises:
        VillageUnknown, PanelUnknown, PanelEnded: as `lock_standing`.
        TextInvalid: the reason is empty, longer than 200 characters, or has hidden ones.

    Example:
        panels.end_panel(session, village="cy", panel_id=id, reason="并组", by=li.id, at=now).ended_at == now
    """
    why = clean_required(reason, maximum=MAXIMUM_REASON)
    before = lock_standing(session, village=village, panel_id=panel_id)
    mine = update(PanelRow).where(PanelRow.in_village(village), col(PanelRow.id) == panel_id)
    session.exec(mine.values(ended_by=by, ended_at=at))
    words = {"panel": panel_id, "name": before.name, "reason": why}
    ledger.record(session, village=village, kind="panel_ended", by=by, at=at, words=words)
    return panel(session, village=village, panel_id=panel_id)


def _tidy_name(session: Session, village: str, name: str) -> str:
    """Return a panel's name tidied; it stands in the title of meetings, which hang."""
    tidy = clean_name(name, maximum=MAXIMUM_NAME)
    roster.check_group_name(tidy, governing.named_people(session, village=village))
    return tidy


def _refuse_taken(session: Session, village: str, name: str) -> None:
    """Refuse a name that another panel has."""
    if name in (one.name for one in panels(session, village=village)):
        raise PanelExists(name=name)


def _open_groups(session: Session, village: str) -> list[str]:
    """Return the ids of the groups that are not closed."""
    return [one.id for one in villages.groups(session, village=village)]


def _set_area(session: Session, village: str, panel_id: str, groups: Collection[str]) -> None:
    """Write the groups of a panel's area in the place of those before."""
    known = delete(PanelGroupRow).where(
        PanelGroupRow.in_village(village), col(PanelGroupRow.panel_id) == panel_id
    )
    session.exec(known)
    session.expire_all()
    for group in groups:
        session.add(PanelGroupRow(village_id=village, panel_id=panel_id, group_id=group))
    session.flush()
