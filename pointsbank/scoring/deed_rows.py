"""Rows of a table of scores before they are judged: their days, titles, measures. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pointsbank.dates import day_in_words
from pointsbank.errors import Problem
from pointsbank.points import show
from pointsbank.scoring.deeds import item_of
from pointsbank.scoring.item_shape import QuantityWrong
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.shapes import SHAPES, points_for
from pointsbank.scoring.values import MINUS, Item, ScoreRow
from pointsbank.spreadsheets import MonthDay, MonthEnd, Parsed, RowProblem
from pointsbank.spreadsheets.problems import BadRows
from pointsbank.text import narrow

_HOW_OFTEN = {"次", "人次", "回", "件", "项"}
"""Measures that mean no more than how often."""


def dated(parsed: Parsed, occurred_on: date | None, today: date) -> tuple[list[str], list[RowProblem]]:
    """Give every row its day: one day for all where the table has none, the year where 11月5日 leaves it out.

    A day without its year is of the year that has begun; if it is still to come, nobody knows which is meant.
    Return what was done in sentences, and rows without a day or with one whose year is not plain.

    Raises:
        BadRows: the table has no days, and none was given.
    """
    has_days = "occurred_on" in parsed.has or any(row["occurred_on"] is not None for row in parsed.rows)
    if not has_days and occurred_on is None:
        sentence = "缺少这一列。请加上“日期”，或者在导入时填一个日期，全部评分都算那一天的。"
        raise BadRows([RowProblem(parsed.header_row, "日期", sentence), *parsed.problems])
    problems, of_this_year, is_given = list[RowProblem](), 0, False
    months: dict[date, str] = {}
    problems += _of_another_time(parsed, occurred_on if not has_days else None, today)
    for row in parsed.rows:
        day = row["occurred_on"]
        if isinstance(day, MonthEnd):
            row["occurred_on"] = found = _end(day, today)
            if found is None:
                problems.append(
                    RowProblem(row["row"], "日期", f"{day[1]}月还没有到，请核对月份，或者写明年份。")
                )
            else:
                months[found] = f"{found.year}年{found.month}月的按{found}算"
            continue
        if isinstance(day, MonthDay):
            found = _this_year(day, today)
            of_this_year += found is not None
            if found is None:
                likely = f"{today.year - 1}-{day[0]:02d}-{day[1]:02d}"
                sentence = (
                    f"{day[0]}月{day[1]}日没有写年份，今年的这一天还没有到，请写明年份，例如 {likely}。"
                )
                problems.append(RowProblem(row["row"], "日期", sentence))
            row["occurred_on"] = found
        elif day is None and "occurred_on" in parsed.has:
            problems.append(RowProblem(row["row"], "日期", "不能为空，请填写。"))
        elif day is None:
            row["occurred_on"], is_given = occurred_on, occurred_on is not None
            if occurred_on is None:
                problems.append(RowProblem(row["row"], "日期", "这一行看不出是哪天或哪个月的，请写上日期。"))
    sentences = [f"没有写年份的日期（{of_this_year}行）按{today.year}年算。"] if of_this_year else []
    if months:
        sentences.append(f"只写了月份或季度：{'，'.join(months.values())}。")
    elif is_given and occurred_on is not None:
        sentences.append(f"没有日期这一列，都按{day_in_words(occurred_on)}算。")
    return sentences, problems


def _of_another_time(parsed: Parsed, given: date | None, today: date) -> Iterator[RowProblem]:
    """Yield what is wrong where the table's title names another year, or month, than its deeds would get.

    Args:
        given: the day of all deeds, where the table has none.
    """
    titles = [title for title in parsed.titles if not _FILLED_IN.search(title)]
    named = {title: found for title in titles if (found := _PERIOD.findall(narrow(title)))}
    if not named:
        return
    periods = [(int(year), int(month or 0)) for found in named.values() for year, month in found]
    title = next(iter(named))[:30]
    days = [(row["row"], row["occurred_on"]) for row in parsed.rows]
    yearless = [
        row for row, day in days if isinstance(day, MonthDay) or (isinstance(day, MonthEnd) and not day[0])
    ]
    if yearless and today.year not in {year for year, _ in periods}:
        sentence = (
            f"表上写的是“{title}”，日期没有写年份，会算成{today.year}年。请把年份写上，例如 2026-09-01。"
        )
        yield RowProblem(yearless[0], "日期", sentence)
    if given and not any(year == given.year and month in (0, given.month) for year, month in periods):
        sentence = f"表上写的是“{title}”，给的日期却是{given}，请核对；或者加上“日期”这一列，逐行写明。"
        yield RowProblem(parsed.header_row, "日期", sentence)


_PERIOD = re.compile(r"(20[0-9]{2})年(?:度?\s*([0-9]{1,2})月)?")
_FILLED_IN = re.compile("填[报表写]|制表|打印|报送|截[至止]|决议|通过")


def _end(month: MonthEnd, today: date) -> date | None:
    """Return the last day of a month, today's for the one that goes on; None for one still to come."""
    year = month[0] or today.year
    first = date(year, month[1], 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return None if first > today else min(last, today)


def _this_year(day: MonthDay, today: date) -> date | None:
    """Return the day of this year, unless it is still to come or there is none."""
    try:
        found = date(today.year, *day)
    except ValueError:
        return None
    return found if found <= today else None


def known_by_title(row: ScoreRow, rules: Rulebook) -> ScoreRow:
    """Return a row with its item's code, where only spaces or a remark in brackets part it from one title."""
    items = rules.items_on(row.occurred_on) or {}
    if row.item in items:
        return row
    item = item_of(row, rules)
    return row if item is None or item.title == row.item else replace(row, item=item.code)


def _counted(row: ScoreRow, rules: Rulebook) -> Item | None:
    """Return the item of a row if it cannot be judged without a quantity."""
    item = item_of(row, rules)
    if item is None:
        return None
    try:
        points_for(item, None, row.points)
    except QuantityWrong:
        return item
    except Problem:
        return None
    return None


def measure_problems(rows: Sequence[ScoreRow], rules: Rulebook) -> Iterator[RowProblem]:
    """Yield quantities that are missing or in another measure, and points added for what deducts."""
    for row in rows:
        if row.points is not None and row.quantity is None and (counted := _counted(row, rules)):
            unit, measure = counted.unit or "次数", counted.unit or "次"
            sentence = (
                f"“{counted.title}”按{unit}计，只写了{show(abs(row.points))}，看不出是{unit}还是分值。"
                f"一户一行的请写成“3{measure}”，一行一件的请填“数量”。"
            )
            yield RowProblem(row.row or 0, "数量", sentence)
            continue
        unit, sign = getattr(row.quantity, "unit", ""), getattr(row.points, "sign", "")
        item = item_of(row, rules) if unit or sign == "+" else None
        if item is None:
            continue
        own = item.unit or (SHAPES[item.shape].measure if item.shape in SHAPES else "")
        if unit and unit != own and not (unit in _HOW_OFTEN and own in ("", *_HOW_OFTEN)):
            measure = f"按{own}计" if own else "不按数量计"
            sentence = f"写的是“{row.quantity}{unit}”，这个条目{measure}，请换算好，只填数字。"
            yield RowProblem(row.row or 0, "数量", sentence)
        if sign == "+" and item.direction == MINUS:
            sentence = f"写的是加分，“{item.title}”是扣分条目，请核对条目和正负号。"
            yield RowProblem(row.row or 0, "分值", sentence)


def signed_amounts(rows: Sequence[ScoreRow], rules: Rulebook) -> Iterator[tuple[int, int]]:
    """Yield the number and points of each row that says them, below 0 where its item deducts."""
    for row in rows:
        item = item_of(row, rules)
        if row.points is not None and item is not None:
            yield row.row or 0, -abs(row.points) if item.direction == MINUS else int(row.points)
