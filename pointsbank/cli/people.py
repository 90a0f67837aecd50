"""`pointsbank staff`: adds people who may sign in, sets passwords, makes API tokens."""

import secrets
import sys
from typing import Any

import click
from sqlmodel import Session

from pointsbank import governing, staff
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.shut_acts import shut_acts
from pointsbank.staff import Role

_roles = click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    required=True,
    help="角色，可写多次。",
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
@click.option("--name", help="姓名；默认与账号相同。")
@_password_stdin
@pass_context()
def add(
    context: CliContext, login: str, roles: tuple[str, ...], name: str | None, password_stdin: bool
) -> None:
    """添加一个能登录的人。"""
    password = _password(password_stdin)
    hashed = staff.hash_password(password)
    with context.database.writing() as session:
        seats = [(_place(context, session, role), role) for role in roles]
        made = governing.add_staff(
            session,
            login=login,
            password=hashed,
            name=name or login,
            roles=seats,
            by=context.by_at_machine(session),
            at=context.now,
        )
        places = sorted({place for place, _ in seats if place is not None})
        shut, still = shut_acts(context, session, places[0]) if places else ([], "")
    shown = {} if password_stdin else {"password": password}
    words = f"已添加 {made.login}。" + ("" if password_stdin else f"密码（只显示这一次）：{password}") + still
    facts = {"id": made.id, "login": made.login, "name": made.name, **shown, "shut": shut}
    echo_result(context.as_json, facts, words)


@staff_group.command("password")
@click.argument("login")
@_password_stdin
@pass_context()
def password(context: CliContext, login: str, password_stdin: bool) -> None:
    """重设密码，此人在各处的登录随即失效。"""
    chosen = _password(password_stdin)
    hashed = staff.hash_password(chosen)
    with context.database.writing() as session:
        person = staff.by_login(session, login=login)
        staff.change_password(
            session, staff=person.id, password=hashed, by=context.by_at_machine(session), at=context.now
        )
    shown = {} if password_stdin else {"password": chosen}
    words = f"{login} 的密码已重设。" + ("" if password_stdin else f"新密码（只显示这一次）：{chosen}")
    echo_result(context.as_json, {"login": login, **shown}, words)


@staff_group.command("roles")
@click.argument("login")
@_roles
@pass_context()
def roles_(context: CliContext, login: str, roles: tuple[str, ...]) -> None:
    """把一个人的全部角色换成这些，此人在各处的登录随即失效。"""
    with context.database.writing() as session:
        person = staff.by_login(session, login=login)
        seats = [(_place(context, session, role), role) for role in roles]
        given: dict[str, Any] = {
            "roles": seats,
            "by": context.by_at_machine(session),
            "at": context.now,
        }
        governing.set_roles(session, person=person.id, **given)
    echo_result(context.as_json, {"login": login, "roles": list(roles)}, f"{login} 的角色已更换。")


@staff_group.command("token")
@click.argument("login")
@pass_context()
def token(context: CliContext, login: str) -> None:
    """为程序生成一个访问令牌，只显示一次。"""
    with context.database.writing() as session:
        made = staff.make_token(session, login=login, by=context.by_at_machine(session), at=context.now)
    echo_result(context.as_json, {"login": login, "token": made}, made)


@staff_group.command("revoke")
@click.argument("login", required=False)
@click.option("--all", "everybody", is_flag=True, help="作废所有人的令牌。")
@pass_context()
def revoke(context: CliContext, login: str | None, everybody: bool) -> None:
    """作废一个人的访问令牌，或用 --all 作废所有人的。"""
    if (login is None) is not everybody:
        raise click.UsageError("请写一个账号，或只写 --all。")
    with context.database.writing() as session:
        count = staff.revoke_tokens(session, login=login)
    echo_result(context.as_json, {"revoked": count}, f"已作废 {count} 个访问令牌。")


@staff_group.command("disable")
@click.argument("login")
@pass_context()
def disable(context: CliContext, login: str) -> None:
    """停用一个账号：登录退出，访问令牌作废，做过的事都保留。"""
    with context.database.writing() as session:
        governing.disable(session, login=login, by=context.by_at_machine(session), at=context.now)
    echo_result(context.as_json, {"login": login, "disabled": True}, f"已停用 {login}。")


@staff_group.command("enable")
@click.argument("login")
@pass_context()
def enable(context: CliContext, login: str) -> None:
    """启用一个停用的账号，密码和角色照旧。"""
    with context.database.writing() as session:
        governing.enable(session, login=login, by=context.by_at_machine(session), at=context.now)
    echo_result(context.as_json, {"login": login, "disabled": False}, f"已启用 {login}。")


def _password(from_stdin: bool) -> str:
    """Return the password given on stdin, or a new random one."""
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else secrets.token_urlsafe(12)


def _place(context: CliContext, session: Session, role: str) -> str | None:
    """Return the village in which a role counts; None for a role everywhere."""
    if role == Role.COUNTY or (role == Role.ADMIN and not context.village_code):
        return None
    return context.village(session)
