"""What a change of somebody's roles, or the end of them, would mean: shown before it is done."""

from collections.abc import Collection

from flask import render_template, request
from sqlmodel import Session

from pointsbank import approvals, staff
from pointsbank.labels.role import ROLE
from pointsbank.labels.staff_change import STAFF_CHANGE
from pointsbank.staff import Permission, Role, SignedIn
from pointsbank.web import access
from pointsbank.web.page import Page
from pointsbank.web.pages.one_person import (
    OF_GROUPS,
    WHOLE_VILLAGE,
    group_fields,
    of_this_village,
    roles_seal,
)

page = Page()


@page.get("/v/<village>/staff/<login>/change", Permission.STAFF_MANAGE)
def check_staff_change(village: str, login: str) -> str:
    """Show what would happen to a person, their requests and the village's acts; writes nothing."""
    asked = request.args.get("change", "")
    change = asked if asked in STAFF_CHANGE.codes else "roles"
    ticked = {
        name: "1" for name in request.args if name in WHOLE_VILLAGE or name.startswith(tuple(OF_GROUPS))
    }
    with access.database().reading() as session:
        person = of_this_village(session, village, login)
        happens = _happens(session, village, person, change, ticked)
    shown = ticked | {"seen": roles_seal(person, village)} if change == "roles" else {}
    return render_template("staff_change.html", person=person, change=change, sent=shown, happens=happens)


def _happens(
    session: Session, village: str, person: SignedIn, change: str, ticked: Collection[str]
) -> list[str]:
    """Return what a change does, one a sentence; what it takes from others comes last."""
    now = {role for place, role in person.roles if place == village}
    then = {Role(role) for role in WHOLE_VILLAGE if role in ticked} if change == "roles" else set()
    # Roles of the township and of all villages stay with the person, except where nobody signs in any more.
    beside = person.roles_in(village) - now if change != "disable" else frozenset()
    sentences = [*_own(person, change, now, then), "此人在各处的登录退出。"]
    of_groups = {name for name in ticked if name.startswith(tuple(OF_GROUPS))}
    more = change == "roles" and not (then <= now and of_groups <= group_fields(person, village))
    if more and (tokens := len(staff.api_tokens(session, login=person.staff.login))):
        sentences.append(f"此人的{tokens}个访问令牌作废，用它们的程序要换新的。")
    asked = approvals.waiting(session, village=village, **access.by_and_at())
    waiting = sum(one.approval.requested_by == person.staff.id for one in asked)
    if waiting:
        sentences.append(f"此人申请的{waiting}件事还在等人确认：少了权限的办不成，要换一位重新申请。")
    before = {one.act for one in staff.acts_shut(session, village=village, at=access.now())}
    after = staff.acts_shut(
        session, village=village, at=access.now(), supposing={person.staff.id: then | beside}
    )
    new = [one for one in after if one.act not in before]
    for missing, acts in staff.by_reason(new).items():
        sentences.append(f"{missing}，这些事就没有人能办：{'、'.join(acts)}。请先添加另一位。")
    return sentences


def _own(person: SignedIn, change: str, now: Collection[Role], then: Collection[Role]) -> list[str]:
    """Return what happens to the person's own account."""
    if change == "disable":
        return ["不能再登录，访问令牌作废。", "做过的事都保留，可以再启用。"]
    lost = "、".join(ROLE.name(role) for role in sorted(set(now) - set(then)))
    won = "、".join(ROLE.name(role) for role in sorted(set(then) - set(now)))
    sentences = [f"去掉：{lost}。"] if lost else []
    if won:
        sentences.append(f"加上：{won}。此人改一次密码、再过一天，才能做第二位确认人。")
    if change == "remove":
        sentences.append("不再是本村的工作人员，做过的事都保留。")
    return sentences or ["全村的角色没有变，只换带的、巡查的小组。"]
