"""`pointsbank village`: creates villages, and changes their settings and groups."""

from typing import Any

import click

from pointsbank import approvals, choosing, governing, migrating, sheets, staff, villages
from pointsbank.approvals import Approval
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.cli.requesting import echo_waiting
from pointsbank.cli.shut_acts import shut_acts
from pointsbank.cli.two_people import sign_in_both, sign_in_one, two_people
from pointsbank.dates import SHANGHAI
from pointsbank.outcomes import roll_back
from pointsbank.villages import OneOf, Setting, SettingChange


@click.group()
def village() -> None:
    """村。"""


@village.command("create")
@click.argument("code")
@click.argument("name")
@pass_context(ready=False, directory="made")
def create(context: CliContext, code: str, name: str) -> None:
    """建立一个村，并开设账本。CODE 是村代码，NAME 是村名。"""
    # The first verb of a new installation: there is nothing to lose in an empty database.
    if migrating.is_empty(context.database):
        context.check_file()
        migrating.upgrade(context.database)
    context.check_ready()
    with context.database.writing() as session:
        made = governing.found_village(session, code=code, name=name, by=context.by(session), at=context.now)
        shut, words = shut_acts(context, session, made.id)
    facts = {"code": made.id, "name": made.name, "shut": shut}
    echo_result(context.as_json, facts, f"已建立{made.name}（{made.id}）。{words}")


@village.command("list")
@pass_context()
def list_villages(context: CliContext) -> None:
    """列出这里的每个村。"""
    with context.database.reading() as session:
        known = villages.everyone(session)
    lines = [f"{one.id}  {one.name}" for one in known]
    facts = [{"code": one.id, "name": one.name} for one in known]
    echo_result(context.as_json, {"items": facts}, "\n".join(lines) or "还没有村。")


@village.command("settings")
@pass_context()
def settings_(context: CliContext) -> None:
    """列出本村的每项设置：现在的值、可填的范围、改动从何时起生效、谁最后改过。"""
    with context.database.reading() as session:
        here = context.village(session)
        values = choosing.values(session, village=here)
        last = choosing.last_changes(session, village=here)
        names = staff.actors(session, ids={one.actor for one in last.values() if one.actor})
    lines = [
        line
        for one in choosing.every()
        for line in _in_words(one, values[one.name], last.get(one.name), names)
    ]
    echo_result(context.as_json, values, "\n".join(lines))


# What looks like an option is a value as well: -1 is refused by the setting, in the setting's words.
@village.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("name", metavar="NAME")
@click.argument("value")
@click.option("--dry-run", is_flag=True, help="只说会怎样，不改。")
@two_people(required=False)
@pass_context()
def set_(
    context: CliContext,
    name: str,
    value: str,
    dry_run: bool,
    first: str | None,
    second: str | None,
    passwords_stdin: bool,
) -> None:
    """把一项设置改为新值，改前改后都记入日志。NAME 见 village settings；不限用空的 VALUE：""。

    放宽对村民的保护（提高限额、缩短公示、卡上写全名等）要两个人：只有 --first 的先成为申请。
    """
    setting = choosing.find(name)
    new = setting.read(value)
    if second and not first:
        raise click.UsageError("--second 要和 --first 一起用。")
    if first and dry_run:
        raise click.UsageError("--dry-run 不和 --first 一起用。")
    if first:
        _change_as(context, setting, new, (first, second), from_stdin=passwords_stdin)
        return
    with context.database.writing() as session:
        old = choosing.values(session, village=context.village(session))[name]
        lacking = sheets.lacking_of(context.settings)
        changed = choosing.change_alone(
            session, name=name, value=new, lacking=lacking, **context.common(session)
        )
        if dry_run:
            roll_back(session)
    if dry_run:
        words = f"{setting.label}：{setting.show(old)} → {setting.show(new)}。"
        echo_result(context.as_json, {"name": name, "old": old, "new": new}, f"试算：{words}{setting.effect}")
        return
    _echo_changed(context, setting, changed)


def _change_as(
    context: CliContext, setting: Setting, new: Any, logins: tuple[str, str | None], *, from_stdin: bool
) -> None:
    """Change a setting as one or two people who sign in here; what loosens waits, unless there are two."""
    first, second = logins
    if second is None:
        people = [sign_in_one(context, context.database, first, from_stdin=from_stdin)]
    else:
        people = [*sign_in_both(context, context.database, first, second, from_stdin=from_stdin)]
    ids = [person.staff.id for person in people]
    with context.database.writing() as session:
        place: dict[str, Any] = {"village": context.village(session), "at": context.now}
        lacking = sheets.lacking_of(context.settings)
        changed = choosing.change(session, name=setting.name, value=new, lacking=lacking, by=ids[0], **place)
        if isinstance(changed, Approval) and second is not None:
            approvals.confirm(session, approval=changed.id, by=ids[1], **place)
            changed = [SettingChange(setting.name, changed.terms["old"], changed.terms["new"])]
    if isinstance(changed, Approval):
        echo_waiting(context, changed)
    else:
        _echo_changed(context, setting, changed)


def _echo_changed(context: CliContext, setting: Setting, changed: list[SettingChange]) -> None:
    """Print what was changed."""
    facts = [{"name": one.name, "old": one.old, "new": one.new} for one in changed]
    words = [f"{setting.label}：{setting.show(one.old)} → {setting.show(one.new)}。" for one in changed]
    echo_result(context.as_json, {"changes": facts}, words[0] if words else f"{setting.label}没有变化。")


@village.group("group")
def group() -> None:
    """小组。"""


group.add_command(list_command("groups", "列出小组：户数、小组长。"), "list")


@group.command("add")
@click.argument("name")
@pass_context()
def add_group(context: CliContext, name: str) -> None:
    """设立一个小组，或恢复撤销过的同名小组。"""
    with context.database.writing() as session:
        made = governing.make_group(session, name=name, **context.common(session))
    echo_result(context.as_json, {"id": made.id, "name": made.name}, f"已设立{made.name}。")


@group.command("rename")
@click.argument("old")
@click.argument("new")
@pass_context()
def rename_group(context: CliContext, old: str, new: str) -> None:
    """把小组 OLD 改名为 NEW，组里的户不变。"""
    with context.database.writing() as session:
        common = context.common(session)
        found = villages.group_by_name(session, village=common["village"], name=old)
        renamed = governing.rename_group(session, group=found.id, name=new, **common)
    echo_result(context.as_json, {"id": renamed.id, "name": renamed.name}, f"{old}已改名为{renamed.name}。")


@group.command("close")
@click.argument("name")
@pass_context()
def close_group(context: CliContext, name: str) -> None:
    """撤销一个已经没有户的小组，已月结月份的榜不变。"""
    with context.database.writing() as session:
        common = context.common(session)
        found = villages.group_by_name(session, village=common["village"], name=name)
        closed = governing.close_group(session, group=found.id, **common)
    echo_result(context.as_json, {"id": closed.id, "name": closed.name}, f"已撤销{closed.name}。")


def _in_words(
    setting: Setting, value: int | str | None, last: choosing.LastChange | None, names: dict[str, str]
) -> list[str]:
    """Return a setting with its value, its bounds and its last change, for people."""
    codes = f"（{'、'.join(setting.choices)}）" if isinstance(setting, OneOf) else ""
    lines = [
        f"{setting.name}  {setting.label}：{setting.show(value)}",
        f"    {setting.note}可填{setting.bounds}{codes}。{setting.effect}",
    ]
    if last is not None:
        who = names.get(last.actor or "", last.actor or "")
        lines.append(
            f"    {last.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {who}改过，改前是{setting.show(last.old)}。"
        )
    return lines
