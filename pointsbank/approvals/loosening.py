"""Changes of a village's settings: one person tightens, loosening waits for a second."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, villages
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import check_requester, request
from pointsbank.errors import Refused
from pointsbank.labels.village_setting import VILLAGE_SETTING
from pointsbank.ledger import Names
from pointsbank.villages import SettingChange

Value = int | str | None
KIND = "loosen_setting"


class SettingMoved(Refused):
    """Somebody changed the setting after its loosening was requested."""

    code = "setting_moved"
    sentence = "“{name}”在申请以后改成了{now}，这份申请不能再确认；还要放宽的，请按现在的值重新申请。"
    fixed_by = "本人"


def change_setting(
    session: Session, *, village: str, name: str, value: Value, by: str, at: datetime
) -> list[SettingChange] | Approval:
    """Change one setting at once, or request it where the change loosens what protects households.

    Returns:
        what was changed, nothing for the value that it has; or the request that waits.

    Raises:
        VillageUnknown, VillageSettingUnknown, VillageSettingInvalid: as `governing.change_settings`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting: see `request`.

    And LooseningNeedsTwo where somebody else tightens it at this very moment.

    Example:
        approvals.change_setting(session, village="cy", name="notice_days", value=2, by=li.id, at=now)
        # Approval(kind="loosen_setting", subject="notice_days", status="waiting", …)
    """
    check_requester(session, village=village, kind=KIND, by=by)
    villages.setting(name).check(value)
    old = getattr(villages.settings(session, village=village), name)
    if not villages.loosens(name, old, value):
        return governing.change_alone(session, village=village, by=by, at=at, **{name: value})
    terms = {"old": old, "new": value}
    return request(session, village=village, kind=KIND, subject=name, terms=terms, by=by, at=at)


def describe(session: Session, approval: Approval) -> Outlook:
    """Say from what to what the setting goes, what it decides, and from when on."""
    setting, terms = villages.setting(approval.subject), approval.terms
    step = f"{setting.show(terms['old'])} → {setting.show(terms['new'])}"
    if isinstance(setting, villages.Telephones):
        where = "以后印出的公示、海报和卡上，投诉和联系都打这个号码。"
        checking = "请先核实：打一遍新号码，接电话的人不能是经办评分、兑换的人。"
        return Outlook(setting.label, (f"{step}。", where, setting.effect, checking))
    happens = (
        f"{step}，对村民的保护会变弱。",
        setting.note,
        f"{setting.effect}以后一个人就可以再收紧。",
        "请先核实：放宽是村里定的，不是为了方便哪一笔、哪一户。",
    )
    return Outlook(setting.label, happens)


def loosen(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Change the setting, as the one who requested it.

    Raises:
        SettingMoved: its value is no longer the one from which the two would loosen it.
    """
    setting, terms = villages.setting(approval.subject), approval.terms
    new: dict[str, Any] = {setting.name: terms["new"]}
    done = governing.change_settings(
        session, village=approval.village, by=approval.requested_by, at=at, **new
    )
    # Compared after the change, which has locked the settings: undone with all else where it differs.
    before = done[0].old if done else terms["new"]
    if before != terms["old"]:
        raise SettingMoved(name=setting.label, now=setting.show(before))
    return f"{setting.label}已改为{setting.show(terms['new'])}。"


def title(subject: str, _names: Names) -> str:
    """Return the setting's Chinese name."""
    return VILLAGE_SETTING.name(subject)
