"""The groups of the village: making, renaming and closing them."""

from flask import render_template
from sqlmodel import Session

from pointsbank import governing, roster, staff, villages
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission, Role
from pointsbank.web import access, forms, seen
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


class GroupName(forms.Form):
    """A group's name."""

    name = Text(maximum=60, required=True)
    seen = seen.Seal()


@page.form("/v/<village>/groups", Permission.ROSTER_VIEW)
def groups(form: BoundForm, village: str) -> str:
    """Show the groups with how many are in each."""
    with access.database().reading() as session:
        known = villages.groups(session, village=village, also_closed=True)
        sizes = roster.group_sizes(session, village=village)
    return render_template("roster/groups.html", form=form, groups=known, sizes=sizes)


@page.action("/v/<village>/groups", Permission.ROSTER_CHANGE, form=GroupName, on=groups)
def make_group(session: Session, form: BoundForm, village: str) -> str:
    """Make a group, or open a closed one again."""
    made = governing.make_group(session, village=village, name=form.data["name"], **access.by_and_at())
    return f"已设立{made.name}。"


@page.form("/v/<village>/groups/<group>", Permission.ROSTER_CHANGE)
def one_group(form: BoundForm, village: str, group: str) -> str:
    """Show one group, and what renaming or closing it would mean."""
    with access.database().reading() as session:
        found = villages.group(session, village=village, group_id=group)
        count = roster.group_sizes(session, village=village).get(group, 0)
        here = staff.everyone(session, village=village)
    leaders = [one.staff.name for one in here if group in one.groups_in(village, Role.LEADER)]
    form.prefill(name=found.name)
    seal = seen.seal(found.name)
    return render_template(
        "roster/group.html", form=form, group=found, count=count, leaders=leaders, seal=seal
    )


@page.action("/v/<village>/groups/<group>/name", Permission.ROSTER_CHANGE, form=GroupName, on=one_group)
def rename_group(session: Session, form: BoundForm, village: str, group: str) -> SeeOther:
    """Give a group another name; raises ChangedMeanwhile."""
    now = villages.group(session, village=village, group_id=group).name
    if form.data["name"] != now:
        seen.check(form.data["seen"], seen.seal(now), what="组名")
    named = {"village": village, "group": group, "name": form.data["name"]}
    renamed = governing.rename_group(session, **named, **access.by_and_at())
    return SeeOther("groups", f"已改名为{renamed.name}。", village=village)


@page.action("/v/<village>/groups/<group>/close", Permission.ROSTER_CHANGE, on=one_group)
def close_group(session: Session, form: BoundForm, village: str, group: str) -> SeeOther:
    """Close a group that nobody is in."""
    closed = governing.close_group(session, village=village, group=group, **access.by_and_at())
    return SeeOther("groups", f"已撤销{closed.name}。", village=village)
