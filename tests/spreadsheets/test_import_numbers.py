"""Every column of numbers in every import file, given what is no such number: named, and nothing written."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from sqlmodel import Session

from pointsbank import copying, market, roster, scoring, tables
from pointsbank.database import Database
from pointsbank.scoring.values import Judge
from pointsbank.spreadsheets import Table, parse_rows, read_table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import COMMITTEE, VILLAGE
from tests.proof import month

NO_NUMBERS = [
    "true",
    "null",
    "NaN",
    "inf",
    "1e400",
    "1e2",
    "9223372036854775808",
    "1" + "0" * 30,
    "[1]",
    "{}",
    "=1+1",
    "0x10",
    "1_000",
    "1 2",
    "²",
    "१",
    "1.005",
    "--1",
    "一",
    "a" * 10_240,
]
COUNTS = ["-1", "1.5"]
"""No counts either, though points may be so."""

# For each import a head, and a row in which N is the cell in question.
COLUMNS: dict[str, tuple[str, str, bool]] = {
    "roster people": ("户号,户主,小组,人口", "0901,田福,一组,N", True),
    "balances points": ("户号,积分,荣誉,说明", "0203,N,1,旧", False),
    "balances honour": ("户号,积分,荣誉,说明", "0203,1,N,旧", False),
    "goods points": ("编号,名称,规格,积分,库存", "SP09,酱油,一瓶,N,1", False),
    "goods stock": ("编号,名称,规格,积分,库存", "SP09,酱油,一瓶,3,N", True),
    "goods limit": ("编号,名称,规格,积分,库存,每户每月限量", "SP09,酱油,一瓶,3,1,N", True),
    "scheme points": ("编号,类别,条目,方向,分值", "X1,环境,扫地,加分,N", False),
    "scheme least": ("编号,类别,条目,方向,最低,最高", "X1,环境,扫地,加分,N,9", False),
    "scheme most": ("编号,类别,条目,方向,最低,最高", "X1,环境,扫地,加分,1,N", False),
    "scheme cap": ("编号,类别,条目,方向,分值,周期,上限", "X1,环境,扫地,加分,1,月,N", False),
    "scheme times": ("编号,类别,条目,方向,分值,周期,次数上限", "X1,环境,扫地,加分,1,月,N", True),
    "scheme steps": ("编号,类别,条目,方向,形状,档位", "X1,环境,扫地,加分,阶梯,10=N", False),
    "scheme threshold": ("编号,类别,条目,方向,形状,档位", "X1,环境,扫地,加分,阶梯,N=1", False),
    "scheme fault": ("编号,类别,条目,方向,分值,形状,每处扣", "X1,环境,扫地,加分,25,满分扣减,N", False),
    "scheme doubling": ("编号,类别,条目,方向,分值,重复加倍", "X1,环境,乱倒,扣分,1,N", True),
    "scores quantity": ("户号,条目,日期,数量,分值,说明", "0101,GY01,2026-09-04,N,,", False),
    "scores points": ("户号,条目,日期,数量,分值,说明", "0102,HJ03,2026-09-04,,N,", False),
    "scores date": ("户号,条目,日期,数量,分值,说明", "0102,HJ01,N,,,", True),
}
READ_BY = {
    roster.import_roster: roster.ROSTER_COLUMNS,
    roster.import_balances: roster.BALANCE_COLUMNS,
    market.import_goods: market.GOODS_COLUMNS,
    scoring.import_scheme: scoring.SCHEME_COLUMNS,
    scoring.import_scores: scoring.SCORE_COLUMNS,
}
GOOD = {
    "roster": "0902,田寿,一组,2",
    "balances": "0301,1,1,旧",
    "goods": "SP10,醋,一瓶,3,1",
    "scheme": "X2,环境,洗地,加分,1",
    "scores": "0201,HJ01,2026-09-04,,,",
}


@pytest.fixture
def ready(sqlite_database: Database) -> tuple[Database, str]:
    """The village with its rules and shelves, and an open meeting."""
    month.begin(sqlite_database)
    with sqlite_database.writing() as session:
        meeting = scoring.open_meeting(
            session,
            village=VILLAGE,
            held_on=date(2026, 9, 20),
            title="九月评议会",
            judges=[Judge("李主任")],
            absentees=[],
            by=COMMITTEE,
            at=month.on(20),
        )
    return sqlite_database, meeting.id


def verb(which: str, meeting: str) -> tuple[Callable[..., Any], dict[str, Any]]:
    """The import of a kind of file."""
    common: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": month.on(20, 3)}
    return {
        "roster": (roster.import_roster, common),
        "balances": (roster.import_balances, common),
        "goods": (market.import_goods, common),
        "scheme": (scoring.import_scheme, common),
        "scores": (scoring.import_scores, {**common, "meeting": meeting}),
    }[which]


def everything(database: Database) -> list[tuple[int, int]]:
    """A fingerprint of every table."""
    with database.reading() as session:
        return [copying.fingerprint(session, table) for table in tables.metadata.sorted_tables]


def csv_of(head: str, *rows: str) -> bytes:
    """The file as text."""
    return "\n".join([head, *rows]).encode()


def xlsx_of(head: str, *rows: str) -> bytes:
    """The file as a workbook whose cells are numbers where they can be."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([head, *rows]):
        for place, cell in enumerate(row.split(",")):
            if number and re.fullmatch(r"-?[1-9][0-9]*(\.[0-9]+)?", cell, re.ASCII):
                sheet.write_number(number, place, float(cell))
            else:
                sheet.write_string(number, place, cell)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_cell_that_is_no_such_number_is_named_and_nothing_is_written(
    column: str, ready: tuple[Database, str]
):
    database, meeting = ready
    which = column.split()[0]
    head, row, counted = COLUMNS[column]
    load, options = verb(which, meeting)
    padded = GOOD[which] + "," * (head.count(",") - GOOD[which].count(","))
    good = padded if head.count(",") >= GOOD[which].count(",") and which != "scheme" else ""
    before, let_in = everything(database), []
    for cell in [*NO_NUMBERS, *(COUNTS if counted else [])]:
        rows = [each for each in (good, row.replace("N", cell)) if each]
        for name, data in (("x.csv", csv_of(head, *rows)), ("x.xlsx", xlsx_of(head, *rows))):
            if said := _refusal(database, load, name, data, options, len(rows) + 1):
                let_in.append((cell[:40], name, said))

    assert let_in == []
    assert everything(database) == before


@pytest.mark.parametrize("column", COLUMNS)
def test_the_same_row_with_a_number_is_taken(column: str, ready: tuple[Database, str]):
    database, meeting = ready
    head, row, _ = COLUMNS[column]
    load, options = verb(column.split()[0], meeting)
    cell = {"scores date": "2026-09-04", "scores points": "5"}.get(column, "1")
    for name, write in (("x.csv", csv_of), ("x.xlsx", xlsx_of)):
        data = write(head, row.replace("N", cell))

        assert _refusal(database, load, name, data, options, 2).startswith("taken")


def _refusal(
    database: Database, load: Callable[..., Any], name: str, data: bytes, options: dict[str, Any], row: int
) -> str:
    """What is wrong with how a file is refused; nothing, if its last row is named."""
    try:
        table = read(load, name, data)
        with database.writing() as session:
            told = load(session, table=table, **options)
            _undo(session)
    except BadRows as refused:
        return "" if row in {problem.row for problem in refused.problems} else str(refused.problems)
    return f"taken: {told}"


def read(load: Callable[..., Any], name: str, data: bytes) -> Table:
    """Read a file and its rows, as pages and commands do before they write.

    Raises BadRows.
    """
    table = read_table(name, data)
    parse_rows(table, READ_BY[load])
    return table


def _undo(session: Session) -> None:
    session.rollback()


@pytest.mark.parametrize("smuggled", ["price", "village_id", "balance", "role", "id", "recorded_at"])
def test_a_column_nobody_asked_for_is_told_and_ignored(smuggled: str, ready: tuple[Database, str]):
    database, _ = ready
    load, options = verb("goods", "")
    table = read(load, "x.csv", csv_of(f"编号,名称,积分,{smuggled}", "SP09,酱油,3,99"))
    with database.writing() as session:
        told = load(session, table=table, **options)

    assert list(told.ignored_columns) == [smuggled]
    with database.reading() as session:
        goods = {one.code: one for one in market.goods_list(session, village=VILLAGE, at=month.on(21))}
    assert (goods["SP09"].points, goods["SP09"].stock) == (300, 0)


@pytest.mark.parametrize("head", ["编号,名称,积分,积分", "编号,名称,积分,points", "编号,code,名称,积分"])
def test_a_column_given_twice_is_refused(head: str, ready: tuple[Database, str]):
    database, _ = ready
    load, _ = verb("goods", "")
    before = everything(database)

    with pytest.raises(BadRows):
        read(load, "x.csv", csv_of(head, "SP09,酱油,3,4"))

    assert everything(database) == before
