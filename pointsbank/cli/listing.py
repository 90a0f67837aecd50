"""`pointsbank list NAME`: every list on the screen, for people in columns, for machines as JSON."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import click

from pointsbank import lists, roster, staff
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.lists import Asked, List, Row


class _Lists(click.Group):
    """The group whose commands are the lists; they are loaded only when it is used."""

    @property
    def commands(self) -> dict[str, click.Command]:
        """Return the commands by name, each with an option for each filter of its list."""
        return {one.name: _with_filters(one) for one in lists.every()}

    @commands.setter
    def commands(self, _: object) -> None:
        """Leave out what click would keep: it has no commands of its own."""


@click.group("list", cls=_Lists)
def list_group() -> None:
    """在屏幕上列出清单；加 --json 给程序读，要文件用 pointsbank export。"""


def list_command(name: str, words: str) -> click.Command:
    """Return a command that shows one list, in its own order unless told otherwise."""

    @click.command(name, help=words, short_help=words.partition("：")[0])
    @click.option("--sort", default="", metavar="COLUMN", help="按哪一列排，前面加 - 倒过来。")
    @click.option("--limit", type=click.IntRange(1), metavar="N", help="最多几行；不写就是全部。")
    @pass_context()
    def run(context: CliContext, /, sort: str, limit: int | None, **typed: Any) -> None:
        _show(context, lists.find(name), sort, limit, {key: value for key, value in typed.items() if value})

    return run


def _with_filters(wanted: List) -> click.Command:
    """Return the command that shows a list, which may be narrowed."""
    command = list_command(wanted.name, f"{wanted.title}：{wanted.about}")
    needs = [
        click.Option([f"--{name}", name], required=True, help=f"{words}。")
        for name, words in wanted.needs.items()
    ]
    filters = [
        click.Option([f"--{one.name}", one.name], help=f"按{one.title}筛选。") for one in wanted.filters
    ]
    command.params[:0] = [*needs, *filters]
    return command


def _show(context: CliContext, wanted: List, sort: str, limit: int | None, typed: dict[str, str]) -> None:
    """Print the rows of a list; whose household's file it is, is written down."""
    with context.database.reading() as session:
        common = context.common(session)
    asked = Asked(
        village=common["village"],
        at=common["at"],
        filters={key: value for key, value in typed.items() if key not in wanted.needs},
        sort=sort,
        named={key: value for key, value in typed.items() if key in wanted.needs},
    )
    with context.database.reading() as session:
        lists.check_asked(session, wanted, asked)
    if wanted.of_household:
        _log_access(context, common, asked)
    rows: list[Row] = []
    for row in lists.read_everything(context.database, wanted, asked):
        rows.append(row)
        if limit is not None and len(rows) == limit:
            break
    facts = [_values(wanted, row, lambda kind: kind.json) for row in rows]
    shown = [_values(wanted, row, lambda kind: kind.shown) for row in rows]
    titles = {one.key: one.title for one in wanted.columns}
    words = (
        "\n".join(_in_columns([titles, *shown]))
        if rows
        else lists.NOTHING_FOUND
        if asked.filters
        else wanted.empty
    )
    echo_result(context.as_json, {"items": facts}, words)


def _log_access(context: CliContext, common: dict[str, Any], asked: Asked) -> None:
    """Write down that the file of a household was opened."""
    with context.database.writing() as session:
        who = roster.by_code(session, village=asked.village, code=asked.named["code"])
        staff.log_access(session, participant=who.id, **common)


def _values(wanted: List, row: Row, how: Callable[[Any], Callable[[Any], Any]]) -> dict[str, Any]:
    """Return what a row's columns hold, by key; None stays None."""
    return {one.key: None if row[one.key] is None else how(one.kind)(row[one.key]) for one in wanted.columns}


def _in_columns(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return rows as lines whose columns stand below one another; a Chinese character is two wide."""
    cells = [[str(value) if value is not None else "" for value in row.values()] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            text + " " * (wide - _width(text)) for text, wide in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    ]


def _width(text: str) -> int:
    """Return how many places a text takes on a screen."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
