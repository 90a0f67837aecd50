"""`pointsbank township`: makes and renames townships, puts villages in and out."""

import click

from pointsbank import governing, villages
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context


@click.group("township")
def township() -> None:
    """乡镇。"""


@township.command("list")
@pass_context()
def list_(context: CliContext) -> None:
    """列出乡镇和各自的村，最后是不属于乡镇的村。"""
    with context.database.reading() as session:
        known = villages.townships(session)
        lying = villages.villages_by_township(session)
        names = {one.id: one.name for one in villages.everyone(session)}
    placed = {code for codes in lying.values() for code in codes}
    facts = [{"name": one.name, "villages": lying.get(one.id, [])} for one in known]
    rest = [code for code in names if code not in placed]
    lines = [_line(one.name, lying.get(one.id, []), names) for one in known]
    lines += [_line("不属于乡镇", rest, names)] if rest else []
    echo_result(context.as_json, {"townships": facts, "villages": rest}, "\n".join(lines))


@township.command("add")
@click.argument("name")
@pass_context()
def add(context: CliContext, name: str) -> None:
    """设立一个乡镇，还没有村。"""
    with context.database.writing() as session:
        made = governing.make_township(session, name=name)
    echo_result(context.as_json, {"id": made.id, "name": made.name}, f"已设立{made.name}。")


@township.command("rename")
@click.argument("old")
@click.argument("new")
@pass_context()
def rename(context: CliContext, old: str, new: str) -> None:
    """把乡镇 OLD 改名为 NEW，它的村和人不变。"""
    with context.database.writing() as session:
        found = villages.township_by_name(session, name=old)
        renamed = governing.rename_township(
            session, township=found.id, name=new, by=context.by(session), at=context.now
        )
    echo_result(context.as_json, {"id": renamed.id, "name": renamed.name}, f"{old}已改名为{renamed.name}。")


@township.command("put")
@click.argument("name")
@pass_context()
def put(context: CliContext, name: str) -> None:
    """把本村划入乡镇 NAME，原来在别的乡镇就划出来；从此由新乡镇的人看合计。"""
    with context.database.writing() as session:
        found = villages.township_by_name(session, name=name)
        common = context.common(session)
        governing.place_village(session, township=found.id, **common)
    facts = {"village": common["village"], "township": found.name}
    echo_result(context.as_json, facts, f"{common['village']} 已划入{found.name}。")


@township.command("leave")
@pass_context()
def leave(context: CliContext) -> None:
    """把本村从乡镇划出来，乡镇的人不再看得到。"""
    with context.database.writing() as session:
        common = context.common(session)
        governing.place_village(session, township=None, **common)
    facts = {"village": common["village"], "township": None}
    echo_result(context.as_json, facts, f"{common['village']} 不再属于乡镇。")


def _line(name: str, codes: list[str], names: dict[str, str]) -> str:
    """Return a township with its villages, for people."""
    return f"{name}：" + ("、".join(f"{names[code]}（{code}）" for code in codes) or "还没有村")
