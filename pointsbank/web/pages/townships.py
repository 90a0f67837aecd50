"""The townships of the installation: their names, their villages, who sees the totals of these."""

from flask import render_template
from sqlmodel import Session

from pointsbank import governing, staff, villages
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, seen
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page
from pointsbank.web.pages.account import hash_first_password

page = Page()


class TownshipName(forms.Form):
    """A township's name."""

    name = Text(maximum=30, required=True)
    seen = seen.Seal()


class Placed(forms.Form):
    """A village, and the township (id) that it is put into; empty takes it out."""

    village = forms.Untyped(maximum=32, required=True)
    township = forms.Untyped(maximum=64, empty=True, load_default="")


class NewWatcher(forms.Form):
    """A person who is to see the totals of a township's villages."""

    login = Text(maximum=32, required=True)
    person = Text(maximum=40, required=True, attribute="name")
    password = forms.Secret(required=True)


@page.form("/townships", Permission.TOWNSHIP_MANAGE)
def townships(form: BoundForm) -> str:
    """Show the townships with their villages, and the villages of none."""
    with access.database().reading() as session:
        known = villages.townships(session)
        lying = villages.villages_by_township(session)
        everyone = villages.everyone(session)
    names = {one.id: one.name for one in everyone}
    placed = {code for codes in lying.values() for code in codes}
    return render_template(
        "townships/list.html",
        form=form,
        townships=known,
        lying={one.id: [names[code] for code in lying.get(one.id, ())] for one in known},
        rest=[one for one in everyone if one.id not in placed],
        everyone=[(one.id, one.name) for one in everyone],
        names=[(one.id, one.name) for one in known],
    )


@page.action("/townships", Permission.TOWNSHIP_MANAGE, form=TownshipName, on=townships)
def make_township(session: Session, form: BoundForm) -> str:
    """Make a township."""
    made = governing.make_township(session, name=form.data["name"])
    return f"已设立{made.name}。"


@page.action("/townships/villages", Permission.TOWNSHIP_MANAGE, form=Placed, on=townships)
def place_village(session: Session, form: BoundForm) -> str:
    """Put a village into a township, or take it out of the one it lies in."""
    village, township = form.data["village"], form.data["township"] or None
    found = governing.place_village(session, village=village, township=township, **access.by_and_at())
    name = villages.get(session, village).name
    return f"{name}已划入{found.name}。" if found else f"{name}不再属于乡镇。"


@page.form("/townships/<township>", Permission.TOWNSHIP_MANAGE)
def one_township(form: BoundForm, township: str) -> str:
    """Show one township: its villages, who sees their totals, and what a change would mean."""
    with access.database().reading() as session:
        found = villages.township(session, township_id=township)
        codes = villages.villages_by_township(session).get(township, [])
        within = [one for one in villages.everyone(session) if one.id in codes]
        place = staff.township_place(township)
        people = [one for one in staff.everyone(session) if place in {where for where, _ in one.roles}]
    form.prefill(name=found.name)
    return render_template(
        "townships/one.html",
        form=form,
        township=found,
        villages=within,
        people=[one.staff for one in people],
        seal=seen.seal(found.name),
    )


@page.action("/townships/<township>/name", Permission.TOWNSHIP_MANAGE, form=TownshipName, on=one_township)
def rename_township(session: Session, form: BoundForm, township: str) -> str:
    """Give a township another name; raises ChangedMeanwhile."""
    now = villages.township(session, township_id=township).name
    if form.data["name"] != now:
        seen.check(form.data["seen"], seen.seal(now), what="乡镇的名称")
    renamed = governing.rename_township(
        session, township=township, name=form.data["name"], **access.by_and_at()
    )
    return f"已改名为{renamed.name}。"


@forms.reader(NewWatcher)
def new_watcher() -> BoundForm:
    """Read the form for a new person and hash the first password, which must not be guessed first."""
    return hash_first_password(forms.bind(NewWatcher), name="person")


@page.action("/townships/<township>/staff", Permission.TOWNSHIP_MANAGE, form=new_watcher, on=one_township)
def add_watcher(session: Session, form: BoundForm, township: str) -> str:
    """Add a person who sees the totals of the township's villages."""
    roles = [(staff.township_place(township), "county")]
    added = governing.add_staff(session, roles=roles, **form.data, **access.by_and_at())
    return f"已添加{added.name}，本人登录后要先改密码、设动态码。"


@page.action("/townships/<township>/staff/<login>/remove", Permission.TOWNSHIP_MANAGE, on=one_township)
def remove_watcher(session: Session, form: BoundForm, township: str, login: str) -> str:
    """Take a person's role in the township, and end their sessions."""
    governing.end_township_role(session, township=township, login=login, **access.by_and_at())
    return "已取消在这个乡镇的角色，登录已退出。"
