"""`pointsbank print-run`: long prints asked for, how far each is, cancelled, and its file fetched."""

import shutil
from pathlib import Path
from typing import Any

import click

from pointsbank import folders, jobs, staff
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.cli.sheets import as_text, option_of
from pointsbank.dates import SHANGHAI
from pointsbank.durable import writing_whole
from pointsbank.jobs import Run
from pointsbank.labels.print_run_state import PRINT_RUN_STATE

_FACTS = ("id", "kind", "title", "state", "attempts", "step", "steps", "size", "result", "error")


class _Kinds(click.Group):
    """The group whose commands are the kinds of long prints; they are loaded only when it is used."""

    @property
    def commands(self) -> dict[str, click.Command]:
        """Return the commands by name."""
        return {one.name: _command(one.name) for one in folders.every()}

    @commands.setter
    def commands(self, _: object) -> None:
        """Leave out what click would keep: it has no commands of its own."""


@click.group("print-run")
def print_run_group() -> None:
    """大批打印：全村的卡、一个月的打印件、检查资料包；开着的服务一个接一个地做。"""


@print_run_group.group("ask", cls=_Kinds)
def request_group() -> None:
    """要一次大批打印，服务开着时自己做。"""


def _command(name: str) -> click.Command:
    kind = folders.find(name)

    @click.command(name, help=f"{kind.title}：{kind.about}{kind.caution}", short_help=kind.title)
    @pass_context()
    def run(context: CliContext, /, **typed: Any) -> None:
        given = {option: as_text(value) for option, value in typed.items() if value}
        with context.database.reading() as session:
            common = context.common(session)
        url = context.settings.public_url
        asked = folders.request(context.database, kind=kind, given=given, public_url=url, **common)
        words = f"已排上（{asked.id}）：{asked.title}。服务开着时自动做，用 pointsbank print-run list 看。"
        echo_result(context.as_json, _facts(asked), words)

    run.params[:0] = [option_of(option, field) for option, field in kind.options().fields.items()]
    return run


@print_run_group.command("list")
@pass_context()
def list_print_runs(context: CliContext) -> None:
    """列出最近的大批打印和各自做到哪里，新的在前。"""
    with context.database.reading() as session:
        found = jobs.runs(session, village=context.village(session))
    lines = [_line(one) for one in found] or ["还没有大批打印。"]
    echo_result(context.as_json, {"runs": [_facts(one) for one in found]}, "\n".join(lines))


@print_run_group.command("cancel")
@click.argument("run_id", metavar="ID")
@pass_context()
def cancel(context: CliContext, run_id: str) -> None:
    """取消排队的或者正在做的大批打印 ID。"""
    with context.database.writing() as session:
        ended = jobs.cancel_run(session, village=context.village(session), run_id=run_id, at=context.now)
    echo_result(context.as_json, _facts(ended), f"已取消：{ended.title}。")


@print_run_group.command("fetch")
@click.argument("run_id", metavar="ID")
@click.option("--out", type=NewFile(), required=True, help="写到哪个文件。")
@pass_context()
def fetch(context: CliContext, run_id: str, out: Path) -> None:
    """把做好的大批打印 ID 写成文件；谁取过会记下来。"""
    with context.database.reading() as session:
        common = context.common(session)
        found = jobs.run(session, village=common["village"], run_id=run_id)
    kind = folders.find(found.kind)
    file = folders.ready_file(context.settings, found)
    with context.database.writing() as session:
        staff.record_export(session, list_name=f"print_{kind.name}", form=kind.suffix, rows=1, **common)
    with file.open("rb") as kept, writing_whole(out) as written:
        shutil.copyfileobj(kept, written)
    echo_result(context.as_json, _facts(found) | {"file": str(out)}, f"已写到 {out}。{kind.caution}")


def _facts(one: Run) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FACTS} | {"asked_at": one.asked_at.isoformat()}


def _line(one: Run) -> str:
    """Return one in a line: its id, what it is, how far it is."""
    far = f"{one.step}/{one.steps} {one.doing}" if one.state == "running" else one.result or one.error
    asked = one.asked_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    return "  ".join(filter(None, (one.id, asked, one.title, PRINT_RUN_STATE.name(one.state), far.strip())))
