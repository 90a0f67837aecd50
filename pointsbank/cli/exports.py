"""`pointsbank export NAME`: a command for each list; whatever is written is the owner's alone."""

from pathlib import Path
from typing import Any

import click

from pointsbank import lists
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.durable import writing_whole
from pointsbank.lists import Asked, List


class _Lists(click.Group):
    """The group whose commands are the lists; they are loaded only when it is used."""

    @property
    def commands(self) -> dict[str, click.Command]:
        """Return the commands by name."""
        return {one.name: _command(one) for one in lists.every()}

    @commands.setter
    def commands(self, _: object) -> None:
        """Leave out what click would keep: it has no commands of its own."""


@click.group("export", cls=_Lists)
def export_group() -> None:
    """导出清单：Excel 或 CSV；谁导出了什么会记下来。"""


def _command(wanted: List) -> click.Command:
    @click.command(wanted.name, help=f"{wanted.title}：{wanted.about}", short_help=wanted.title)
    @click.option("--out", type=NewFile(), help="写到哪个文件；不写就放在当前目录，以清单和日期命名。")
    @click.option(
        "--format",
        "form",
        type=click.Choice(list(lists.forms_of(wanted))),
        help="格式；默认看文件名，否则 xlsx。",
    )
    @click.option("--sort", default="", metavar="COLUMN", help="按哪一列排，前面加 - 倒过来。")
    @pass_context()
    def run(context: CliContext, /, out: Path | None, form: str | None, sort: str, **typed: Any) -> None:
        _export(context, wanted, out, form, sort, {name: value for name, value in typed.items() if value})

    options = [
        click.Option([f"--{name}", name], required=True, help=f"{words}。")
        for name, words in wanted.needs.items()
    ]
    options += [
        click.Option([f"--{one.name}", one.name], help=f"按{one.title}筛选。") for one in wanted.filters
    ]
    run.params[:0] = options
    return run


def _export(
    context: CliContext, wanted: List, out: Path | None, form: str | None, sort: str, typed: dict[str, str]
) -> None:
    """Write a list as a file, and down that it was."""
    with context.database.reading() as session:
        common = context.common(session)
    village, by, at = common["village"], common["by"], common["at"]
    named = {name: value for name, value in typed.items() if name in wanted.needs}
    filters = {name: value for name, value in typed.items() if name not in wanted.needs}
    asked = Asked(village=village, at=at, filters=filters, sort=sort, named=named)
    with context.database.reading() as session:
        lists.check_asked(session, wanted, asked)
    form = form or (out.suffix.lower().removeprefix(".") if out else "") or lists.XLSX
    out = out or Path(lists.file_name(wanted.title, village, at, form=form))
    if form not in lists.forms_of(wanted):
        raise click.UsageError(
            f"不知道 {out.name} 是什么格式：文件名请以 .xlsx 或 .csv 结尾，或写上 --format。"
        )
    with writing_whole(out) as file:
        rows = lists.write_list(file, context.database, wanted, asked, form=form)
    lists.record(context.database, wanted, asked, form=form, rows=rows, by=by)
    facts = {"file": str(out), "list": wanted.name, "rows": rows}
    echo_result(context.as_json, facts, f"{wanted.title}已导出到 {out}（{rows}行）。")
