"""`pointsbank staff token|tokens|revoke|events`: what programs sign in with, and who signed in when."""

import click

from pointsbank import labels, panels, staff
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.people import staff_group as staff_group
from pointsbank.dates import SHANGHAI
from pointsbank.labels.kinship import KINSHIP


@staff_group.command("token")
@click.argument("login")
@click.option("--name", default="程序", help="给哪个程序用，1至40个字。")
@click.option("--days", type=int, default=180, help="有效天数，最多366，默认180。")
@pass_context()
def token(context: CliContext, login: str, name: str, days: int) -> None:
    """为程序生成一个访问令牌，只显示一次。"""
    with context.database.writing() as session:
        by = context.by(session)
        made = staff.make_token(session, login=login, name=name, days=days, by=by, at=context.now)
    echo_result(context.as_json, {"login": login, "token": made}, made)


@staff_group.command("kin")
@click.argument("login")
@click.option("--household", metavar="CODE", help="登记或去掉哪一户。")
@click.option("--relation", type=click.Choice(KINSHIP.codes), help="关系，own是本户；不写就只看。")
@click.option("--drop", is_flag=True, help="去掉 --household 那一户。")
@pass_context()
def kin(context: CliContext, login: str, household: str | None, relation: str | None, drop: bool) -> None:
    """登记 LOGIN 的本户和近亲属的户：此人不能在柜台给它们登记；不写户号就列出来。"""
    if household is not None and drop == (relation is not None):
        raise click.UsageError("登记要写 --relation；去掉要写 --drop。")
    with context.database.writing() as session:
        common = context.common(session)
        if household is None:
            found = panels.kin_noted(session, village=common["village"], login=login)
        elif relation is None:
            found = panels.drop_kin(session, login=login, household=household, **common)
        else:
            found = panels.note_kin(session, login=login, household=household, relation=relation, **common)
    facts = [{"participant": one.household.code, "relation": one.relation} for one in found]
    lines = [f"{one.household.code} {one.household.name}  {KINSHIP.name(one.relation)}" for one in found]
    echo_result(context.as_json, {"login": login, "kin": facts}, "\n".join(lines) or "没有登记。")


@staff_group.command("tokens")
@click.argument("login", required=False)
@pass_context()
def list_tokens(context: CliContext, login: str | None) -> None:
    """列出访问令牌：编号、名称、有效期、最近一次使用；令牌本身不显示。"""
    with context.database.reading() as session:
        if login is not None:
            staff.by_login(session, login=login)
        found = staff.api_tokens(session, login=login)
    facts = [
        {"id": one.id, "login": one.login, "name": one.name, "ends_at": one.ends_at, "used_at": one.used_at}
        for one in found
    ]
    lines = [
        f"{one.id}  {one.login}  {one.name}  到{one.ends_at:%Y-%m-%d}  "
        + (f"最近使用{one.used_at:%Y-%m-%d}" if one.used_at else "没有用过")
        for one in found
    ]
    echo_result(context.as_json, {"tokens": facts}, "\n".join(lines) or "没有访问令牌。")


@staff_group.command("revoke")
@click.argument("login", required=False)
@click.option("--token", "one", metavar="ID", help="只作废这一个，编号见 staff tokens。")
@click.option("--all", "everybody", is_flag=True, help="作废所有人的令牌。")
@pass_context()
def revoke(context: CliContext, login: str | None, one: str | None, everybody: bool) -> None:
    """作废一个人的访问令牌，或用 --all 作废所有人的。"""
    if (login is None) is not everybody or (one and everybody):
        raise click.UsageError("请写一个账号，或只写 --all。")
    with context.database.writing() as session:
        by, at = context.by(session), context.now
        if one and login:
            staff.revoke_token(session, login=login, token=one, by=by, at=at)
            count = 1
        else:
            count = staff.revoke_tokens(session, login=login, by=by, at=at)
    echo_result(context.as_json, {"revoked": count}, f"已作废{count}个访问令牌。")


@staff_group.command("signout")
@click.argument("login")
@pass_context()
def sign_out(context: CliContext, login: str) -> None:
    """让一个人在各处的登录全部退出；密码、角色、令牌不变。"""
    with context.database.writing() as session:
        staff.end_all_sessions(session, login=login, by=context.by(session), at=context.now)
    echo_result(context.as_json, {"login": login}, f"{login} 在各处的登录已退出。")


@staff_group.command("events")
@click.option("--login", help="只看这个账号。")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, help="最多几条，默认100。")
@pass_context()
def list_events(context: CliContext, login: str | None, limit: int) -> None:
    """列出登录、被拒绝的登录和人员变动，新的在前。"""
    with context.database.reading() as session:
        village = context.village(session)
        found = staff.account_events(session, village=village, login=login, limit=limit)
    facts = [{"at": one.at, "kind": one.kind, "login": one.login, "address": one.address} for one in found]
    lines = [
        "  ".join(
            [
                f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                labels.name("staff_event", one.kind),
                one.login or "-",
                one.address,
            ]
        )
        for one in found
    ]
    echo_result(context.as_json, {"events": facts}, "\n".join(lines) or "没有记录。")
