"""`pointsbank import`: imports roster, balances, scheme, goods and scores from files."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlmodel import Session

from pointsbank import approvals, governing, grades, market, roster, scoring
from pointsbank.cli.answers import echo_import
from pointsbank.cli.blanks import write_blank
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.cli.two_people import sign_in_both, sign_in_one, two_people
from pointsbank.errors import Refused
from pointsbank.imports import note_likelier
from pointsbank.outcomes import roll_back
from pointsbank.spreadsheets import Column, Imported, parse_rows, read_table
from pointsbank.spreadsheets.problems import BadRows

_file = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_NAMED = 3
_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def _file_or_blank(verb: _Verb) -> _Verb:
    """Give a command its file, or where to write the empty table instead."""
    path = click.Path(path_type=Path, exists=True, dir_okay=False)
    verb = click.option(
        "--template",
        type=NewFile(),
        metavar="FILE",
        help="不导入，只写出一份带样例的空表（.xlsx 或 .csv），里面有本村的小组和条目。",
    )(verb)
    return click.argument("file", type=path, required=False)(verb)


def _named(file: Path | None) -> Path:
    """Return the file; raises UsageError if none was named."""
    if file is None:
        raise click.UsageError("请写明要导入的文件，或者用 --template 写出一份空表。")
    return file


_dry_run = click.option("--dry-run", is_flag=True, help="只检查，不写入。")
_confirmed = click.option("--confirmed", is_flag=True, help="问到的各处都核对过，确实如此，照样导入。")


def _write_template(context: click.Context, option: click.Parameter, file: Path | None) -> None:
    """Write the empty table and end, as --help does."""
    if file is not None and not context.resilient_parsing:
        file.write_bytes(scoring.scheme_template())
        click.echo(f"带样例的细则表已写到 {file}，把样例改成本村的条目再导入。")
        context.exit()


_template = click.option(
    "--template",
    type=NewFile(),
    metavar="FILE",
    is_eager=True,
    expose_value=False,
    callback=_write_template,
    help="不导入，只写出一份带样例的 CSV 空表：每种形状怎样填。",
)
_day = click.DateTime(["%Y-%m-%d"])


@click.group("import")
def imports() -> None:
    """从 CSV 或 Excel 导入；有一行不对就一行也不写入。"""


@imports.command("roster")
@_file_or_blank
@_confirmed
@_dry_run
@pass_context()
def import_roster(
    context: CliContext, file: Path | None, template: Path | None, confirmed: bool, dry_run: bool
) -> None:
    """花名册：户号、户主、小组、人口……"""
    if template:
        write_blank(context, "roster", template)
        return
    given = {"confirmed": confirmed}
    _import(context, roster.import_roster, roster.ROSTER_COLUMNS, _named(file), dry_run, **given)


@imports.command("balances")
@_file_or_blank
@_confirmed
@_dry_run
@two_people(required=False)
@pass_context()
def import_balances(
    context: CliContext,
    file: Path | None,
    template: Path | None,
    confirmed: bool,
    dry_run: bool,
    first: str | None,
    second: str | None,
    passwords_stdin: bool,
) -> None:
    """期初积分：户号、积分、荣誉、说明。已有评分或兑换入账的村，要 --first 和 --second 两个人。"""
    if template:
        write_blank(context, "balances", template)
        return
    file = _named(file)
    if (first is None) != (second is None):
        raise click.UsageError("--first 和 --second 要一起写。")
    people = None
    if first and second:
        people = sign_in_both(context, context.database, first, second, from_stdin=passwords_stdin)
    given = {"people": people, "confirmed": confirmed}
    _import(context, _balances, roster.BALANCE_COLUMNS, file, dry_run, **given)


def _balances(session: Session, *, confirmed: bool, **given: Any) -> Imported:
    """Import balances, asked about where they look like base points.

    Raises:
        RowsInDoubt: see `scoring.doubt_openings`; and those of `governing.import_balances`.
    """
    done = governing.import_balances(session, confirmed=confirmed, **given)
    if not confirmed:
        scoring.doubt_openings(session, done.openings, village=given["village"], at=given["at"])
    return done


@imports.command("goods")
@_file_or_blank
@click.option("--first", metavar="LOGIN", help="申请的人；有商品改名称、规格要第二个人确认时才要写。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；否则在屏幕上输入。")
@_confirmed
@_dry_run
@pass_context()
def import_goods(
    context: CliContext,
    file: Path | None,
    template: Path | None,
    first: str | None,
    password_stdin: bool,
    confirmed: bool,
    dry_run: bool,
) -> None:
    """商品：编号、名称、规格、积分、库存……还有库存的，改名称、规格等另一位确认。"""
    if template:
        write_blank(context, "goods", template)
        return
    file = _named(file)
    given: dict[str, Any] = {"confirmed": confirmed}
    if first is None:
        _import(context, _goods_of_one, market.GOODS_COLUMNS, file, dry_run, **given)
        return
    person = sign_in_one(context, context.database, first, from_stdin=password_stdin)
    _import(context, approvals.import_goods, market.GOODS_COLUMNS, file, dry_run, by=person.staff.id, **given)


class ImportNeedsFirst(Refused):
    """Words of goods take two people, and nobody signed in as the first."""

    code = "import_needs_first"
    sentence = (
        "{rows}。还有库存的商品改名称、规格要两个人：请在命令后加上 --first 账号再导入，"
        "这几行成为申请，其余照常导入；或按原来的名称、规格导入。"
    )
    fixed_by = "管理员"


def _goods_of_one(session: Session, **given: Any) -> Imported:
    """Import goods as one person at the machine may.

    Raises:
        ImportNeedsFirst: words of goods would wait, and a request needs who signs in for it.
    """
    done = market.import_goods(session, **given)
    if done.to_confirm:
        named = "；".join(str(one) for one in done.to_confirm[:_NAMED])
        raise ImportNeedsFirst(rows=named + ("等" if len(done.to_confirm) > _NAMED else ""))
    return done


@imports.command("scheme")
@_file
@click.option("--resolution", metavar="TEXT", help="通过细则的决议；与 --from 一起写才生效。")
@click.option("--from", "from_day", type=_day, metavar="DATE", help="从哪天起生效，例如 2026-07-01。")
@click.option(
    "--unpublished",
    multiple=True,
    metavar="CODE",
    help="用词不能上墙、村里仍要保留的条目，可写多次；这些条目不上公示、榜单和海报。",
)
@_template
@_confirmed
@_dry_run
@pass_context()
def import_scheme(
    context: CliContext,
    file: Path,
    resolution: str | None,
    from_day: datetime | None,
    unpublished: tuple[str, ...],
    confirmed: bool,
    dry_run: bool,
) -> None:
    """积分细则：没有决议时存为草案。"""
    if (resolution is None) != (from_day is None):
        raise click.UsageError("--resolution 和 --from 要一起写。")
    adoption = {
        "resolution": resolution,
        "from_date": from_day and from_day.date(),
        "unpublished": unpublished,
        "confirmed": confirmed,
    }
    _import(context, scoring.import_scheme, scoring.SCHEME_COLUMNS, file, dry_run, **adoption)


@imports.command("grades")
@_file_or_blank
@click.option("--resolution", metavar="TEXT", help="通过等级表的决议。")
@click.option("--from", "from_day", type=_day, metavar="DATE", help="从哪天起施行，例如 2026-07-01。")
@_dry_run
@pass_context()
def import_grades(
    context: CliContext,
    file: Path | None,
    template: Path | None,
    resolution: str | None,
    from_day: datetime | None,
    dry_run: bool,
) -> None:
    """等级表：一行一档，写明决议和日期，导入就施行。"""
    if template:
        write_blank(context, "grades", template)
        return
    given = {"resolution": resolution, "from_date": from_day and from_day.date()}
    _import(context, grades.import_tables, grades.GRADE_COLUMNS, _named(file), dry_run, **given)


@imports.command("scores")
@_file_or_blank
@click.option("--meeting", metavar="ID", help="记入哪次评议会（必须还没有结束）。")
@click.option("--on", "on_day", type=_day, metavar="DATE", help="表里没有日期时，全部评分都算这一天的。")
@_confirmed
@_dry_run
@pass_context()
def import_scores(
    context: CliContext,
    file: Path | None,
    template: Path | None,
    meeting: str | None,
    on_day: datetime | None,
    confirmed: bool,
    dry_run: bool,
) -> None:
    """评分：记入一次进行中的评议会，不直接入账。一行一件事，或者一行一户、一列一个条目。"""
    if template:
        write_blank(context, "scores", template)
        return
    file = _named(file)
    if meeting is None:
        raise click.UsageError("请用 --meeting 写明记入哪次评议会。")
    given = {"meeting": meeting, "occurred_on": on_day and on_day.date(), "confirmed": confirmed}
    _import(context, scoring.import_scores, scoring.SCORE_COLUMNS, file, dry_run, **given)


def _import(
    context: CliContext,
    verb: Callable[..., Imported],
    columns: Sequence[Column],
    file: Path,
    dry_run: bool,
    **options: object,
) -> None:
    """Read the file and its rows, and hand its table to an import verb, in one transaction.

    A dry run takes the transaction back.
    """
    table = read_table(file.name, file.read_bytes())
    try:
        parse_rows(table, columns, collect=True)
        with context.database.writing() as session:
            result = verb(session, table=table, **(context.common(session) | options))
            if dry_run:
                roll_back(session)
    except BadRows as problem:
        note_likelier(table, columns)
        problem.found = table.found
        raise
    if not dry_run:
        context.database.analyze()
    echo_import(context.as_json, result, dry_run=dry_run)
