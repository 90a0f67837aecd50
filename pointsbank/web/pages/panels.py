"""The panels: made, changed and ended; who sits on each, and whose relatives live where."""

from typing import Any

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import panels, staff, villages
from pointsbank.labels.panel_kind import PANEL_KIND
from pointsbank.labels.panel_rule import PANEL_RULE
from pointsbank.labels.relation import RELATION
from pointsbank.labels.seat_kind import ELDERS, SEAT_KIND
from pointsbank.panels import Panel
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

AREA = "area-"
"""Begins the name of the box of a group; the rest is its id."""


class NewPanel(forms.Form):
    """A panel that is made."""

    name = Text(maximum=60, required=True)
    kind = Select(PANEL_KIND, required=True)
    rule = Select(PANEL_RULE, required=True)


class PanelFacts(forms.Form):
    """What is changed of a panel."""

    name = Text(maximum=60, required=True)
    rule = Select(PANEL_RULE, required=True)
    reason = Text(maximum=200, required=True)


class NewMember(forms.Form):
    """Somebody who is to sit on a panel."""

    name = Text(maximum=60, required=True)
    seat = Select(SEAT_KIND, required=True)
    household = forms.Household(load_default="")
    login = forms.Untyped(maximum=60, load_default="")


class MemberFacts(NewMember):
    """What is put right of a member."""

    reason = Text(maximum=200, required=True)


class NewRelative(forms.Form):
    """A near relative's household."""

    theirs = forms.Household(required=True)
    relation = Select(RELATION, required=True)


class Reason(forms.Form):
    """Why something ends."""

    why = Text(maximum=200, required=True)


@page.form(
    "/v/<village>/panels",
    Permission.PANEL_VIEW,
    tab=Tab("评议小组", "谁来评，管哪里，谁要回避", after="inspection_list", icon="scales", group="judging"),
)
def all_panels(form: BoundForm, village: str) -> str | Response:
    """Show the panels; or send them as a file."""
    shown = show_list("panels", village, endpoint="all_panels")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        groups = villages.groups(session, village=village)
    return render_template("panels/list.html", form=form, shown=shown, groups=groups)


@page.action("/v/<village>/panels", Permission.PANEL_CHANGE, form=NewPanel, on=all_panels)
def make_panel(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Make a panel."""
    made = panels.make_panel(
        session, village=village, groups=_ticked(form), **form.data, **access.by_and_at()
    )
    return SeeOther("one_panel", f"已设立{made.name}，请添加成员。", village=village, panel=made.id)


@page.form("/v/<village>/panels/<panel>", Permission.PANEL_VIEW)
def one_panel(form: BoundForm, village: str, panel: str) -> str:
    """Show one panel with its members, and what ending it would mean."""
    with access.database().reading() as session:
        found = panels.panel(session, village=village, panel_id=panel)
        groups = villages.groups(session, village=village)
        here = staff.everyone(session, village=village)
    form.prefill(rule=found.rule, **{f"{AREA}{one}": "1" for one in found.groups})
    return render_template(
        "panels/one.html",
        form=form,
        panel=found,
        groups=groups,
        accounts=[(one.staff.login, one.staff.name) for one in here],
        seats=_seats(found),
    )


@page.action("/v/<village>/panels/<panel>/change", Permission.PANEL_CHANGE, form=PanelFacts, on=one_panel)
def change_panel(session: Session, form: BoundForm, village: str, panel: str) -> str:
    """Give a panel another name, rule or area."""
    changed = panels.change_panel(
        session, village=village, panel_id=panel, groups=_ticked(form), **form.data, **access.by_and_at()
    )
    return f"已修改{changed.name}。"


@page.action("/v/<village>/panels/<panel>/members", Permission.PANEL_CHANGE, form=NewMember, on=one_panel)
def add_member(session: Session, form: BoundForm, village: str, panel: str) -> SeeOther:
    """Let somebody sit on a panel."""
    changed = panels.add_member(session, village=village, panel_id=panel, **form.data, **access.by_and_at())
    new = changed.members[-1]
    sentence = f"{new.name}已加入{changed.name}。有近亲属在本村的，请登记他们的户，评到时自动回避。"
    return SeeOther("one_member", sentence, village=village, panel=panel, member=str(new.number))


@page.action("/v/<village>/panels/<panel>/end", Permission.PANEL_CHANGE, form=Reason, on=one_panel)
def end_panel(session: Session, form: BoundForm, village: str, panel: str) -> SeeOther:
    """End a panel."""
    reason = form.data["why"]
    ended = panels.end_panel(session, village=village, panel_id=panel, reason=reason, **access.by_and_at())
    return SeeOther("all_panels", f"已撤销{ended.name}。", village=village)


@page.form("/v/<village>/panels/<panel>/members/<member>", Permission.PANEL_CHANGE)
def one_member(form: BoundForm, village: str, panel: str, member: str) -> str:
    """Show one member of a panel with the relatives whose households are judged without them.

    Raises:
        MemberUnknown: nobody sits under this number.
    """
    with access.database().reading() as session:
        found = panels.panel(session, village=village, panel_id=panel)
        here = staff.everyone(session, village=village)
    mine = panels.member_of(found, _number(member))
    login = next((one.staff.login for one in here if one.staff.id == mine.staff_id), "")
    form.prefill(name=mine.name, seat=mine.seat, household=mine.code, login=login)
    return render_template(
        "panels/member.html",
        form=form,
        panel=found,
        member=mine,
        accounts=[(one.staff.login, one.staff.name) for one in here],
        seats=_seats(found),
    )


@page.action(
    "/v/<village>/panels/<panel>/members/<member>/change",
    Permission.PANEL_CHANGE,
    form=MemberFacts,
    on=one_member,
)
def change_member(session: Session, form: BoundForm, village: str, panel: str, member: str) -> str:
    """Put right what is written of a member.

    Raises:
        MemberUnknown: nobody sits under this number.
    """
    panels.change_member(session, **_seat(village, panel, member), **form.data, **access.by_and_at())
    return "已修改。"


@page.action(
    "/v/<village>/panels/<panel>/members/<member>/relatives",
    Permission.PANEL_CHANGE,
    form=NewRelative,
    on=one_member,
)
def name_relative(session: Session, form: BoundForm, village: str, panel: str, member: str) -> str:
    """Write down a near relative's household.

    Raises:
        MemberUnknown: nobody sits under this number.
    """
    theirs = {"household": form.data["theirs"], "relation": form.data["relation"]}
    panels.name_relative(session, **_seat(village, panel, member), **theirs, **access.by_and_at())
    return "已登记。从下一次评议会起，评到这一户时自动回避。"


@page.action(
    "/v/<village>/panels/<panel>/members/<member>/relatives/<household>/drop",
    Permission.PANEL_CHANGE,
    on=one_member,
)
def drop_relative(
    session: Session, form: BoundForm, village: str, panel: str, member: str, household: str
) -> str:
    """Take back that a relative lives in a household.

    Raises:
        MemberUnknown: nobody sits under this number.
    """
    panels.drop_relative(session, household=household, **_seat(village, panel, member), **access.by_and_at())
    return "已去掉。"


@page.action(
    "/v/<village>/panels/<panel>/members/<member>/end", Permission.PANEL_CHANGE, form=Reason, on=one_member
)
def end_member(session: Session, form: BoundForm, village: str, panel: str, member: str) -> SeeOther:
    """Let a member leave.

    Raises:
        MemberUnknown: nobody sits under this number.
    """
    panels.end_member(session, reason=form.data["why"], **_seat(village, panel, member), **access.by_and_at())
    return SeeOther("one_panel", "已办理退出，评过的都保留。", village=village, panel=panel)


def _ticked(form: BoundForm) -> list[str]:
    """Return the groups (ids) whose boxes are ticked."""
    return [name.removeprefix(AREA) for name in form.values if name.startswith(AREA)]


def _seats(found: Panel) -> list[tuple[str, str]]:
    """Return as what people may sit on a panel of this kind."""
    codes = ELDERS if found.kind == panels.GROUP else SEAT_KIND.codes
    return [(code, SEAT_KIND.name(code)) for code in codes]


def _seat(village: str, panel: str, member: str) -> dict[str, Any]:
    """Return whose seat a page is about; raises MemberUnknown."""
    return {"village": village, "panel_id": panel, "number": _number(member)}


def _number(written: str) -> int:
    """Return a member's number; raises MemberUnknown for what is none."""
    if not (written.isascii() and written.isdigit() and len(written) < 6):
        raise panels.problems.MemberUnknown()
    return int(written)
