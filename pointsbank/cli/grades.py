"""`pointsbank grade`: tables of bands that a resolution set, and what they give in a period."""

from datetime import datetime

import click

from pointsbank import boards, grades
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.grades import GradeTable, PeriodGrades

_day = click.DateTime(["%Y-%m-%d"])


@click.group("grade")
def grade_group() -> None:
    """等级：红黄蓝、星级，按村里的表评；导入用 import grades，每一个的等级用 list grades。"""


@grade_group.command("tables")
@pass_context()
def tables(context: CliContext) -> None:
    """列出通过的等级表和每一档，新的在前。"""
    with context.database.reading() as session:
        found = grades.adopted_tables(session, village=context.village(session))
    facts = [
        {
            "table": one.number,
            "name": one.name,
            "from_date": one.from_date.isoformat(),
            "is_end": one.is_end,
            "bands": [[band.name, band.range.written, band.measure] for band in one.bands],
        }
        for one in found
    ]
    lines = [_in_words(one) for one in found]
    echo_result(context.as_json, {"items": facts}, "\n".join(lines) or "还没有等级表。")


@grade_group.command("show")
@click.argument("table", type=click.IntRange(1, 99_999_999))
@click.argument("period", metavar="PERIOD")
@pass_context()
def show(context: CliContext, table: int, period: str) -> None:
    """一张表 TABLE 在一期 PERIOD（如 2026-Q3）里每一档有几个。"""
    with context.database.reading() as session:
        village = context.village(session)
        found = grades.grades_of(
            session,
            village=village,
            table=table,
            period=period,
            left=boards.who_left(session, village=village),
            at=context.now,
        )
    facts = {"table": table, "period": found.period, "frozen": found.frozen, "counts": found.counts}
    echo_result(context.as_json, facts, _counted(found))


@grade_group.command("stop")
@click.argument("table", type=click.IntRange(1, 99_999_999))
@click.option("--resolution", required=True, metavar="TEXT", help="哪次会议通过的。")
@click.option("--from", "from_day", type=_day, required=True, metavar="DATE", help="从哪天起不再评。")
@pass_context()
def stop(context: CliContext, table: int, resolution: str, from_day: datetime) -> None:
    """登记决议：一张表 TABLE 从哪天起不再评；评过的不变。"""
    with context.database.writing() as session:
        ended = grades.end_table(
            session,
            table=table,
            resolution=resolution,
            from_date=from_day.date(),
            **context.common(session),
        )
    facts = {"table": ended.number, "from_date": ended.from_date.isoformat()}
    echo_result(context.as_json, facts, f"已登记，“{ended.name}”从{ended.from_date}起不再评。")


@grade_group.command("done")
@click.argument("table", type=click.IntRange(1, 99_999_999))
@click.argument("period", metavar="PERIOD")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--on", "on_day", type=_day, required=True, metavar="DATE", help="哪天做的。")
@click.option("--by-whom", required=True, metavar="TEXT", help="谁做的。")
@pass_context()
def done(
    context: CliContext, table: int, period: str, codes: tuple[str, ...], on_day: datetime, by_whom: str
) -> None:
    """登记几户所在一档要做的（提醒、谈话、表彰）做过了，CODE 是户号。"""
    with context.database.writing() as session:
        added = grades.mark_done(
            session,
            table=table,
            period=period,
            participants=codes,
            done_on=on_day.date(),
            done_by=by_whom,
            **context.common(session),
        )
    echo_result(context.as_json, {"added": added}, f"已登记{added}个。")


def _in_words(one: GradeTable) -> str:
    """Return an adoption in one line."""
    bands = "，".join(f"{band.name} {band.range.written}" for band in one.bands)
    what = f"从{one.from_date}起不再评" if one.is_end else f"从{one.from_date}起：{bands}"
    return f"{one.number}  {one.name}  {what}"


def _counted(found: PeriodGrades) -> str:
    """Return how many are in each band."""
    counted = zip(found.table.bands, found.counts, strict=True)
    counts = "，".join(f"{band.name}{count}个" for band, count in counted)
    state = "已定" if found.frozen else "还会变"
    return f"{found.table.name} {found.title}（{state}）：{counts if found.has_grades else '还没有评分'}"
