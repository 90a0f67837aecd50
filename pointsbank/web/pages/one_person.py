"""One person's account: roles, a one-time password for who forgot it, sign out everywhere, disable."""

from collections.abc import Collection, Mapping

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import governing, panels, staff, villages
from pointsbank.labels.kinship import KINSHIP
from pointsbank.labels.role import ROLE
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission, Role, SignedIn
from pointsbank.web import access, forms, seen
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()

WHOLE_VILLAGE = ("clerk", "committee", "supervisor", "admin")
"""Roles that are ticked; who leads groups is said by the groups."""
LEADS, INSPECTS = "lead-", "inspect-"
"""Before the id of a group in the name of its field, for who leads it and for who inspects there."""
OF_GROUPS = {LEADS: Role.LEADER, INSPECTS: Role.INSPECTOR}


class Roles(forms.Form):
    """The roles in the whole village; the groups that a person leads or inspects are fields of their own."""

    clerk = forms.Ticked(load_default=False)
    committee = forms.Ticked(load_default=False)
    supervisor = forms.Ticked(load_default=False)
    admin = forms.Ticked(load_default=False)
    seen = seen.Seal()


class NewKin(forms.Form):
    """A household that is close to the person, and how."""

    household = forms.Household(required=True)
    relation = Select(KINSHIP, required=True)


class OldKin(forms.Form):
    """A household that is no longer noted."""

    household = forms.Untyped(maximum=32, required=True)


@page.form("/v/<village>/staff/<login>", Permission.STAFF_MANAGE)
def one_person(form: BoundForm, village: str, login: str) -> str | Response:
    """Show one person's account, and what each act on it would mean; one's own has a page of its own."""
    if login == access.signed_in().staff.login and form.refusal is None:
        return make_response(redirect(url_for("pages.account"), 303))
    with access.database().reading() as session:
        here = {one.staff.login: one for one in staff.everyone(session, village=village)}
        beyond = staff.out_of_reach(session, village=village, by=access.signed_in())
    if login in here and here[login].staff.id in beyond - {access.signed_in().staff.id}:
        return _draw_beyond(form, village, here[login])
    return _draw(form, village, login)


@page.action("/v/<village>/staff/<login>/roles", Permission.STAFF_MANAGE, form=Roles, on=one_person)
def change_roles(session: Session, form: BoundForm, village: str, login: str) -> str:
    """Replace the roles that a person has in this village; those of other places stay.

    Raises:
        ChangedMeanwhile: kept on the form.
    """
    person = of_this_village(session, village, login)
    elsewhere = [(place, role.value) for place, role in person.roles if staff.village_of(place) != village]
    here = [(village, role) for role in WHOLE_VILLAGE if form.data[role]]
    groups = [
        (staff.group_place(village, name.removeprefix(mark)), role.value)
        for mark, role in OF_GROUPS.items()
        for name in request.form
        if name.startswith(mark)
    ]
    roles = [*elsewhere, *here, *groups]
    if sorted(roles) != sorted((place, role.value) for place, role in person.roles):
        seen.check(form.data["seen"], roles_seal(person, village), what=f"{person.staff.name}的角色")
    governing.set_roles(session, person=person.staff.id, roles=roles, **access.by_and_at())
    return f"已更换{person.staff.name}的角色，此人的登录已退出。"


@page.action("/v/<village>/staff/<login>/kin", Permission.STAFF_MANAGE, form=NewKin, on=one_person)
def note_kin(session: Session, form: BoundForm, village: str, login: str) -> str:
    """Note the person's own household, or a near relative's: nothing is entered for it by the person."""
    person = of_this_village(session, village, login)
    panels.note_kin(session, village=village, login=login, **form.data, **access.by_and_at())
    return f"已登记。{person.staff.name}不能在柜台给这一户登记。"


@page.action("/v/<village>/staff/<login>/kin/drop", Permission.STAFF_MANAGE, form=OldKin, on=one_person)
def drop_kin(session: Session, form: BoundForm, village: str, login: str) -> str:
    """Take back a household that was noted by mistake."""
    of_this_village(session, village, login)
    panels.drop_kin(
        session, village=village, login=login, household=form.data["household"], **access.by_and_at()
    )
    return "已去掉，记在日志里。"


@page.post("/v/<village>/staff/<login>/password", Permission.STAFF_MANAGE, on=one_person)
def reset_password(village: str, login: str) -> ResponseReturnValue:
    """Give somebody a one-time password, shown once; the person must change it before anything else."""
    password = staff.make_password()
    hashed = staff.hash_password(password)
    form = forms.unbound()
    done = forms.run_catching_refusals(form, lambda: _reset(village, login, hashed))
    if done is None:
        return one_person.show(form, village=village, login=login)
    return _draw(one_person.carried(form), village, login, password=password)


@page.action("/v/<village>/staff/<login>/sign-out", Permission.STAFF_MANAGE, on=one_person)
def sign_out_person(session: Session, form: BoundForm, village: str, login: str) -> str:
    """End every session of a person, as after a lost telephone."""
    staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
    name = staff.end_all_sessions(session, login=login, **access.by_and_at())
    return f"{name}在各处的登录已退出，密码没有变。"


def _reset(village: str, login: str, hashed: staff.PasswordHash) -> bool:
    """Set the password; raises what `staff.check_may_disable` raises."""
    with access.database().writing() as session:
        person = staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
        staff.change_password(session, staff=person.id, password=hashed, **access.by_and_at())
    return True


def of_this_village(session: Session, village: str, login: str) -> SignedIn:
    """Return the person, whom this administrator may change from here."""
    staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
    return next(one for one in staff.everyone(session, village=village) if one.staff.login == login)


def roles_seal(person: SignedIn, village: str) -> str:
    """Return the seal of what a person's roles in this village are."""
    here = ((place, role.value) for place, role in person.roles if staff.village_of(place) == village)
    return seen.seal(*sorted(here))


def _draw(form: BoundForm, village: str, login: str, password: str = "") -> str:
    """Draw the page; `password`: the one that was just made."""
    with access.database().reading() as session:
        person = of_this_village(session, village, login)
        groups = villages.groups(session, village=village)
        last = staff.last_sign_ins(session, village=village)
        tokens = len(staff.api_tokens(session, login=login))
        kin = panels.kin_noted(session, village=village, login=login)
    ours = person.roles_in(village) & {role for place, role in person.roles if place == village}
    ticked: Collection[str] = group_fields(person, village)
    if form.sent_to is not None and form.sent_to[0] == "change_roles":
        # What was ticked stays ticked, and nothing else.
        ticked = [name for name in request.form if name.startswith(tuple(OF_GROUPS))]
    else:
        form.prefill(**{role: "1" for role in WHOLE_VILLAGE if role in ours})
    return render_template(
        "one_person.html",
        form=form,
        person=person,
        password=password,
        roles=[(role, ROLE.name(role)) for role in WHOLE_VILLAGE],
        groups=groups,
        of_groups=[(mark, ROLE.name(role)) for mark, role in OF_GROUPS.items()],
        ticked=ticked,
        elsewhere=_elsewhere(person, village),
        last=last.get(person.staff.id),
        tokens=tokens,
        kin=kin,
    )


def _draw_beyond(form: BoundForm, village: str, person: SignedIn) -> str:
    """Draw who is managed from elsewhere: what everybody reads in the list, and who changes it."""
    with access.database().reading() as session:
        around = villages.township_of(session, village=village)
        last = staff.last_sign_ins(session, village=village)
    places = {pair[0] for pair in person.roles if staff.village_of(pair[0]) == village}
    wider = {None, staff.township_place(around.id)} if around else {None}
    return render_template(
        "person_beyond.html",
        form=form,
        person=person,
        last=last.get(person.staff.id),
        roles="、".join(
            governing.role_in_words(place, role, {around.id: around.name} if around else {})
            for place, role in person.roles
            if place in places | wider
        ),
    )


def group_fields(person: SignedIn, village: str) -> frozenset[str]:
    """Return the fields of groups that are ticked for what a person is there."""
    return frozenset(
        f"{mark}{group}" for mark, role in OF_GROUPS.items() for group in person.groups_in(village, role)
    )


def _elsewhere(person: SignedIn, village: str) -> str:
    """Return the roles of other places, which stay as they are."""
    names: Mapping[str, str] = {}
    pairs = [pair for pair in person.roles if staff.village_of(pair[0]) != village]
    return "、".join(governing.role_in_words(place, role, names) for place, role in pairs)
