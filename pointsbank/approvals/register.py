"""The kinds of acts that need a second person, one module of `kinds` each: adding a kind is adding a file."""

from collections.abc import Mapping
from functools import cache

from pointsbank import staff
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.errors import NotFound
from pointsbank.registers import discover
from pointsbank.staff import Control, Permission, Role


class ApprovalKindUnknown(NotFound):
    """No kind of act is called so."""

    code = "approval_kind_unknown"
    sentence = "没有这一种需要双人确认的事项，请从“双人确认”页重新打开。"
    fixed_by = "管理员"


@cache
def kinds() -> Mapping[str, ApprovalKind]:
    """Return the kinds by code, in the order of their modules; the first call imports them.

    Raises:
        ValueError: two have one code or one label.

    Example:
        kinds()["pin_set"].label  # "设置兑换密码"
    """
    declared: list[ApprovalKind] = [module.KIND for module in discover("pointsbank.approvals.kinds")]
    for kind in declared:
        _declare_control(kind)
    found = {kind.code: kind for kind in declared}
    if len(found) != len(declared) or len({kind.label for kind in declared}) != len(declared):
        raise ValueError("two kinds of approvals have one code or one label")
    return found


def _declare_control(kind: ApprovalKind) -> None:
    """Enter a kind into the table of who controls whom."""
    first = kind.requested_with.roles - {Role.ADMIN}
    # Where others may request beside the committee, it is the committee that can be counted on.
    first = first & {Role.COMMITTEE} or first
    staff.declare(
        Control(
            act=kind.label,
            controlled=kind.controlled,
            controls=kind.controls,
            where=f"pointsbank.approvals.kinds.{kind.code}",
            permissions=(kind.requested_with, Permission.APPROVAL_ANSWER),
            # An admin counts once: whoever else requests finds the admin as second.
            people=(first, (kind.seconds - first) | {Role.ADMIN}),
        )
    )


def find_kind(code: str) -> ApprovalKind:
    """Return the kind of this code.

    Raises:
        ApprovalKindUnknown: there is none.
        ValueError: as `kinds`.

    Example:
        find_kind("pin_set").label  # "设置兑换密码"
    """
    found = kinds().get(code)
    if found is None:
        raise ApprovalKindUnknown()
    return found
