"""`pointsbank days`: which year's days off are known and from where, and keeping the notice of a year."""

from dataclasses import asdict
from pathlib import Path

import click

from pointsbank import labels, working_days
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.dates import day_of

_MORE_THAN_ANY = 100_000
"""Bytes read of a file: one more than a notice may have is enough to refuse it."""


@click.group("days")
def days_group() -> None:
    """放假安排：已知哪些年份，保存新公布的通知。"""


@days_group.command("list")
@pass_context()
def list_(context: CliContext) -> None:
    """列出已知的年份和出处：放假、调休上班各是哪些天。"""
    years = working_days.shown(working_days.known(context.database), today=day_of(context.now))
    lines = [_in_words(one) for one in years]
    echo_result(context.as_json, {"years": [asdict(one) for one in years]}, "\n".join(lines))


@days_group.command("keep")
@click.argument("year", type=click.IntRange(2020, 2098))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="只检查，不保存。")
@pass_context()
def keep(context: CliContext, year: int, file: Path, dry_run: bool) -> None:
    """保存 YEAR 年的放假安排：FILE 是国务院办公厅通知的原文（文本文件）。"""
    with file.open("rb") as opened:
        text = working_days.decode(opened.read(_MORE_THAN_ANY), year=year)
    if dry_run:
        found = working_days.read_notice(text, year=year)
    else:
        found = working_days.keep(context.settings.data_dir, text, year=year)
    off, worked = working_days.in_words(found.off), working_days.in_words(found.worked)
    done = "检查通过，没有保存" if dry_run else "已保存"
    sentence = f"{year}年的放假安排{done}。放假：{off}。" + (f"调休上班：{worked}。" if worked else "")
    echo_result(context.as_json, {"year": year, "off": off, "worked": worked, "kept": not dry_run}, sentence)


def _in_words(one: working_days.YearShown) -> str:
    """Write one year as a line."""
    source = labels.name("days_known", one.source)
    if one.refusal:
        return f"{one.year}年  {one.refusal}"
    if not one.off:
        return f"{one.year}年  {source}"
    known = f"{one.year}年  {source}。放假：{one.off}。"
    return known + (f"调休上班：{one.worked}。" if one.worked else "")
