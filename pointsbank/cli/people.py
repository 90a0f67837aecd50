"""`pointsbank staff`: adds people who may sign in, sets passwords and roles, disables, recovers."""

import sys
from typing import Any

import click
from sqlmodel import Session

from pointsbank import governing, staff, villages
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.shut_acts import shut_acts
from pointsbank.staff import GROUP_ROLES, PasswordHash, Role

_roles = click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    required=True,
    help="角色，可写多次。",
)
_groups = click.option(
    "--group", "groups", metavar="NAME", multiple=True, help="小组长、检查员所在的小组，可写多次。"
)
_townships = click.option(
    "--township",
    "townships",
    metavar="NAME",
    multiple=True,
    help="县镇角色所在的乡镇，可写多次；不写就是全部。",
)
_password_stdin = click.option(
    "--password-stdin", is_flag=True, help="从标准输入读密码；否则生成一个，只显示一次。"
)


@click.group("staff")
def staff_group() -> None:
    """工作人员账号。"""


@staff_group.command("add")
@click.argument("login")
@_roles
@_groups
@_townships
@click.option("--name", help="姓名；默认与账号相同。")
@_password_stdin
@pass_context()
def add(
    context: CliContext,
    login: str,
    roles: tuple[str, ...],
    groups: tuple[str, ...],
    townships: tuple[str, ...],
    name: str | None,
    password_stdin: bool,
) -> None:
    """添加一个能登录的人。"""
    password, hashed = _password(context, password_stdin, name or login, login)
    with context.database.writing() as session:
        seats = _seats(context, session, roles, groups, townships)
        made = governing.add_staff(
            session,
            login=login,
            password=hashed,
            name=name or login,
            roles=seats,
            by=context.by(session),
            at=context.now,
        )
        places = sorted({village for place, _ in seats if (village := staff.village_of(place))})
        shut, still = shut_acts(context, session, places[0]) if places else ([], "")
    shown = {} if password_stdin else {"password": password}
    words = f"已添加 {made.login}，请本人登录后先改密码。"
    words += ("" if password_stdin else f"密码（只显示这一次）：{password}") + still
    facts = {"id": made.id, "login": made.login, "name": made.name, **shown, "shut": shut}
    echo_result(context.as_json, facts, words)


@staff_group.command("password")
@click.argument("login")
@_password_stdin
@click.option("--own", is_flag=True, help="本人改自己的密码：先输入现在的，再输入新的；之后不必再改。")
@pass_context()
def password(context: CliContext, login: str, password_stdin: bool, own: bool) -> None:
    """重设密码，此人在各处的登录随即失效；替别人重设的，令牌、动态码、恢复码也作废。"""
    owner = _owner(context, login, from_stdin=password_stdin) if own else None
    chosen, hashed = _password(context, password_stdin or own, login, typed=own and not password_stdin)
    with context.database.writing() as session:
        person = staff.by_login(session, login=login)
        by = owner or context.by(session)
        done = staff.change_password(session, staff=person.id, password=hashed, by=by, at=context.now)
    password_stdin = password_stdin or own
    shown = {} if password_stdin else {"password": chosen}
    gone = done.in_words() if own else "访问令牌、动态码和恢复码也已作废。"
    words = f"{login} 的密码已重设。{gone}" + ("" if password_stdin else f"新密码（只显示这一次）：{chosen}")
    echo_result(context.as_json, {"login": login, **shown}, words)


@staff_group.command("recover")
@click.argument("login")
@_password_stdin
@pass_context()
def recover(context: CliContext, login: str, password_stdin: bool) -> None:
    """让什么都丢了的管理员重新登录；写进每个村的账本，各村首页显示30天。

    换新密码，取消第二步验证、恢复码、访问令牌和各处的登录；停用的账号同时启用。
    """
    chosen, hashed = _password(context, password_stdin, login)
    with context.database.writing() as session:
        staff.recover(session, login=login, password=hashed, by=context.by(session), at=context.now)
    shown = {} if password_stdin else {"password": chosen}
    words = f"{login} 可以重新登录，请本人登录后先改密码；各村账本已记下。"
    words += "" if password_stdin else f"密码（只显示这一次）：{chosen}"
    echo_result(context.as_json, {"login": login, **shown}, words)


@staff_group.command("roles")
@click.argument("login")
@_roles
@_groups
@_townships
@pass_context()
def roles_(
    context: CliContext,
    login: str,
    roles: tuple[str, ...],
    groups: tuple[str, ...],
    townships: tuple[str, ...],
) -> None:
    """把一个人的全部角色换成这些，此人在各处的登录随即失效。"""
    with context.database.writing() as session:
        person = staff.by_login(session, login=login)
        seats = _seats(context, session, roles, groups, townships)
        given: dict[str, Any] = {
            "roles": seats,
            "by": context.by(session),
            "at": context.now,
        }
        governing.set_roles(session, person=person.id, **given)
    echo_result(context.as_json, {"login": login, "roles": list(roles)}, f"{login} 的角色已更换。")


@staff_group.command("disable")
@click.argument("login")
@pass_context()
def disable(context: CliContext, login: str) -> None:
    """停用一个账号：登录退出，访问令牌作废，做过的事都保留。"""
    with context.database.writing() as session:
        governing.disable(session, login=login, by=context.by(session), at=context.now)
    echo_result(context.as_json, {"login": login, "disabled": True}, f"已停用 {login}。")


@staff_group.command("enable")
@click.argument("login")
@pass_context()
def enable(context: CliContext, login: str) -> None:
    """启用一个停用的账号，密码和角色照旧。"""
    with context.database.writing() as session:
        governing.enable(session, login=login, by=context.by(session), at=context.now)
    echo_result(context.as_json, {"login": login, "disabled": False}, f"已启用 {login}。")


def _owner(context: CliContext, login: str, *, from_stdin: bool) -> str:
    """Return the id of the person who has just typed the present password; failures are counted."""
    typed = _typed("现在的密码", from_stdin=from_stdin)
    here = "command line"
    owner = staff.verify_password(context.database, login=login, password=typed, place=here, at=context.now)
    return owner.id


def _typed(what: str, *, from_stdin: bool) -> str:
    """Return one secret: the next line of stdin, or typed unseen."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(what, hide_input=True, err=True))


def _password(
    context: CliContext, chosen: bool, *names: str, typed: bool = False
) -> tuple[str, PasswordHash]:
    """Return a chosen password (from stdin, or typed unseen) or a new random one, and its hash."""
    if not chosen:
        made = staff.make_password()
        return made, staff.hash_password(made)
    given = _typed("新密码", from_stdin=not typed)
    with context.database.reading() as session:
        known = staff.common_names(session)
    return given, staff.hash_password(given, names=[*known, *names])


def _seats(
    context: CliContext,
    session: Session,
    roles: tuple[str, ...],
    groups: tuple[str, ...],
    townships: tuple[str, ...],
) -> list[tuple[str | None, str]]:
    """Return each role with its place: those of groups are in the groups, the county's in the townships."""
    if townships and Role.COUNTY not in roles:
        raise click.UsageError("--township 只和 --role county 一起用。")
    if groups and GROUP_ROLES.isdisjoint(roles):
        raise click.UsageError("--group 只和 --role leader 或 inspector 一起用。")
    seats: list[tuple[str | None, str]] = []
    for role in roles:
        if role == Role.COUNTY and townships:
            named = [villages.township_by_name(session, name=name) for name in townships]
            seats += [(staff.township_place(one.id), role) for one in named]
            continue
        place = _place(context, session, role)
        if role not in GROUP_ROLES or place is None or not groups:
            seats.append((place, role))
            continue
        found = [villages.group_by_name(session, village=place, name=name) for name in groups]
        seats += [(staff.group_place(place, group.id), role) for group in found]
    return seats


def _place(context: CliContext, session: Session, role: str) -> str | None:
    """Return the village in which a role counts; None for a role everywhere."""
    if role == Role.COUNTY or (role == Role.ADMIN and not context.village_code):
        return None
    return context.village(session)
