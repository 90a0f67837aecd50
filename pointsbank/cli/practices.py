"""`pointsbank practice`: makes the practice village, says whether there is one, throws it away."""

import click

from pointsbank import practice, staff
from pointsbank.cli.answers import echo_progress, echo_result
from pointsbank.cli.context import CliContext, pass_context


@click.group("practice")
def practice_group() -> None:
    """练习村：自己的一个库，里面什么都不算数。"""


@practice_group.command("make")
@pass_context()
def make(context: CliContext) -> None:
    """建立练习村，半分钟左右；打开“练习村”页就能进去。"""
    with context.database.reading() as session:
        context.by(session)  # refused before, not after the work
    practice.make(context.settings, progress=echo_progress)
    _note(context, staff.PRACTICE_MADE)
    echo_result(context.as_json, _facts(context), "练习村建好了，打开“练习村”页就能进去。")


@practice_group.command("show")
@pass_context()
def show(context: CliContext) -> None:
    """有没有练习村，可以扮演谁。"""
    facts = _facts(context)
    people = _people(context)
    lines = [f"  {login:<12}{password:<20}{name}（{role}）" for login, password, name, role in people]
    words = "\n".join(["可以扮演：", *lines]) if facts["exists"] else "现在没有练习村。"
    if not practice.is_offered(context.settings):
        words = practice.problems.PracticeNotOffered().detail
    echo_result(context.as_json, facts, words)


@practice_group.command("discard")
@pass_context()
def discard(context: CliContext) -> None:
    """丢掉练习村：删去它的库，村里的数据不动。"""
    with context.database.reading() as session:
        context.by(session)
    practice.discard(context.settings)
    _note(context, staff.PRACTICE_DISCARDED)
    echo_result(context.as_json, _facts(context), "练习村已丢掉。")


def _note(context: CliContext, kind: str) -> None:
    """Write down in the village's own database who made it, or threw it away."""
    with context.database.writing() as session:
        by = context.by(session)
        staff.note_installation_act(session, kind=kind, by=by, at=context.now, detail="")


def _people(context: CliContext) -> list[tuple[str, str, str, str]]:
    """Whom one can play: login, password, name, role; nobody where there is no practice village."""
    if not practice.exists(context.settings):
        return []
    return [(one.login, one.password, one.name, one.role) for one in practice.people(context.settings)]


def _facts(context: CliContext) -> dict[str, object]:
    keys = ("login", "password", "name", "role")
    people = [dict(zip(keys, one, strict=True)) for one in _people(context)]
    return {"exists": practice.exists(context.settings), "people": people}
