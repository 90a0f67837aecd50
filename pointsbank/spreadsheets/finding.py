"""Finds the tables of a file by what an import asks for: sheets, headers, merged cells, rows of data.

Pure: sheets and columns in, blocks of rows out, and what was found in words. Where it would have to guess it
refuses and says what to change.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pointsbank.spreadsheets import passing
from pointsbank.spreadsheets.blocks import Block, fill_merged, filled_cells, take_rows
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.doubtful import doubtful, of_another_table
from pointsbank.spreadsheets.headers import Header, Names, best_header, plain
from pointsbank.spreadsheets.places import letters
from pointsbank.spreadsheets.problems import BadRows, RowProblem
from pointsbank.spreadsheets.table import RowNumber, Sheet, Table

_SHOWN = 12
"""Headers that a sentence quotes."""

_ROWS_LOOKED_AT = 30
_AMOUNT = re.compile(r"\W?\d[\d.,]*\W?\D{0,2}|[√✓✔☑是×✗/—-]")
"""What stands under the items of a grid."""

_YEAR = re.compile(r"20[0-9]{2}(?=年|$)")
_ASIDE = re.compile(
    "旧|去年|上年|往年|前年|草稿|初稿|备份|作废|迁出|注销|死亡|去世|历史|模板|样表|样例|示例|副本|不用|参考"
)
"""Sheets of these names hold what is like the table, and hardly what is meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a file, and the sheets that hold none."""

    blocks: list[Block]
    unread: list[str]


def find(table: Table, columns: Sequence[Column]) -> Found:
    """Return the tables with these columns; every sheet that has them is read.

    Raises:
        BadRows: no sheet has the columns needed, one stands there twice, or a sheet is probably not meant.
    """
    names = Names(columns)
    looked = [(sheet, best_header(sheet, names)) for sheet in table.sheets]
    fitting = [(sheet, header) for sheet, header in looked if header and _fits(sheet, header, names)]
    for sheet, header in looked:
        if header and header.divided and header.score[0] + len(header.divided) >= len(names.needed):
            raise BadRows(list(_divided(sheet, header, names, looked)))
    if not fitting:
        raise BadRows(_missing(looked, names))
    _refuse_incomplete(looked, names)
    _refuse_doubtful(fitting, names)
    several = len(fitting) > 1
    blocks = [
        block
        for sheet, header in fitting
        for block in _blocks(sheet, header, names, f"“{sheet.name}”" if several else "")
    ]
    for block in blocks:
        fill_merged(block)
        take_rows(block, names, ragged_is_wrong=table.ragged_is_wrong)
        block.problems += [*of_another_table(block, names), *doubtful(block)]
    read = {id(sheet) for sheet, _ in fitting}
    return Found(blocks, [sheet.name for sheet in table.sheets if id(sheet) not in read])


def columns_found(table: Table, columns: Sequence[Column], *, whole: bool = True) -> int:
    """Return how many of these columns a table has.

    Args:
        whole: 0 if one needed is missing, or it is another table.
    """
    names = Names(columns)
    looked = [(sheet, header) for sheet in table.sheets if (header := best_header(sheet, names))]
    return max(
        (
            len({match.key for match in header.matches.values()})
            for sheet, header in looked
            if not whole
            or (_fits(sheet, header, names) and not any(map(names.another_table, header.texts.values())))
        ),
        default=0,
    )


def _fits(sheet: Sheet, header: Header, names: Names) -> bool:
    """Return whether a sheet has every column needed, in its headers or in another way."""
    return not list(_lacking(sheet, header, names))


def _lacking(sheet: Sheet, header: Header, names: Names) -> Iterator[Column]:
    """Yield the columns needed that a sheet has neither as a header nor in another way."""
    found = {match.key for match in header.matches.values()}
    for key in names.needed - found:
        column = names.columns[key]
        if column.in_grid and _is_grid(sheet, header, names):
            continue
        if column.heading is not None and _is_headed(sheet, header, column):
            continue
        yield column


def _is_grid(sheet: Sheet, header: Header, names: Names) -> bool:
    """Return whether the items stand beside one another as headers, amounts under them, of a row each."""
    found = {match.key for match in header.matches.values()}
    gridded = {column.key for column in names.columns.values() if column.in_grid}
    if not gridded or not found or found & gridded:
        return False
    places = others(header, names)
    below = sheet.rows[header.below : header.below + _ROWS_LOOKED_AT]
    cells = [row[place] for row in below for place in places if place < len(row) and row[place]]
    return sum(_AMOUNT.fullmatch(cell) is not None for cell in cells) * 2 > len(cells)


def others(header: Header, names: Names) -> dict[int, str]:
    """Return the headers by place that name no column and are no sum or running number either."""
    return {
        place: text
        for place, text in header.texts.items()
        if place not in header.matches and not passing.is_sum([text]) and plain(text) not in _NO_ITEM
    }


_COUNTED = {"总分", "得分", "总得分", "总积分", "名次", "排名"}
_NO_ITEM = {
    *_COUNTED,
    "序号",
    "编号",
    "备注",
    "说明",
    "签字",
    "签名",
    "联系电话",
    "电话",
    "小组",
    "村民小组",
    "人口",
    *("家庭人口", "地址", "住址", "家庭住址", "身份证号", "身份证号码", "性别", "年龄"),
    *("手机", "手机号", "联系方式", "户主签字", "户主签名"),
}


def _is_headed(sheet: Sheet, header: Header, column: Column) -> bool:
    """Return whether lines between the rows, or the sheet's name, say what the column would."""
    assert column.heading is not None
    if column.heading(sheet.name):
        return True
    below = sheet.rows[header.below : header.below + 2]
    return any(
        len(filled) == 1 and column.heading(filled[0]) for row in below if (filled := filled_cells(row))
    )


def _missing(looked: Sequence[tuple[Sheet, Header | None]], names: Names) -> list[RowProblem]:
    """Say what the likeliest sheet lacks, and what was read there instead."""
    best = max(
        ((sheet, header) for sheet, header in looked if header),
        key=lambda pair: pair[1].score,
        default=None,
    )
    if best is None:
        sheet = next((one for one, _ in looked if one.rows), Sheet("", []))
        row = next((place for place, row in enumerate(sheet.rows) if filled_cells(row)), 0)
        read = _quoted(filled_cells(sheet.rows[row])) if sheet.rows else ""
        wanted = "、".join(names.columns[key].title for key in names.columns if key in names.needed)
        sentence = f"没有找到表头。表头要有这几列：{wanted}。" + (f"这一行读到的是：{read}。" if read else "")
        return [RowProblem(_numbered(sheet, row, looked), "", sentence)]
    return _lacks(*best, names, looked)


def _divided(sheet: Sheet, header: Header, names: Names, looked: Sequence[object]) -> Iterator[RowProblem]:
    """Yield the columns whose header stands over several others."""
    for key, parts in header.divided.items():
        title = names.columns[key].title
        sentence = (
            f"“{title}”下面分成了几列（{parts[:40]}），看不出用哪一列。请把要用的合成一列，表头写“{title}”。"
        )
        yield RowProblem(_numbered(sheet, header.row, looked), title, sentence)


def _lacks(
    sheet: Sheet, header: Header, names: Names, looked: Sequence[tuple[Sheet, Header | None]]
) -> list[RowProblem]:
    """Say which columns a sheet lacks, and what was read instead."""
    number = _numbered(sheet, header.row, looked)
    read = _quoted(header.texts.values())
    lacking = {column.key for column in _lacking(sheet, header, names)}
    if lacking <= _named_downwards(sheet, names):
        sentence = "表头是从上往下写的。请把表转过来：复制，选择性粘贴，选“转置”，让表头在一行里，再导入。"
        return [RowProblem(number, "", sentence)]
    found = []
    for column in (one for key, one in names.columns.items() if key in lacking):
        likely = next((text for text in header.texts.values() if names.doubtful(text) == column.key), None)
        sentence = (
            f"缺少这一列。表头里的“{likely}”如果就是{column.title}，请把它改为“{column.title}”再导入。"
            if likely
            else f"缺少这一列。表头读到的是：{read}。请加上这一列，或把它的表头改为“{column.title}”。"
        )
        found.append(RowProblem(number, column.title, sentence))
    return found


def _named_downwards(sheet: Sheet, names: Names) -> set[str]:
    """Return the columns that are named one under the other, in the first column that is filled."""
    rows = [filled[0] for row in sheet.rows[:_ROWS_LOOKED_AT] if (filled := filled_cells(row))]
    return {match.key for text in rows if (match := names.match(text))}


def _numbered(sheet: Sheet, row: int, looked: Sequence[object]) -> RowNumber | int:
    return RowNumber(row + 1, f"“{sheet.name}”") if len(looked) > 1 else row + 1


def _quoted(texts: Iterable[str]) -> str:
    some = [" ".join(text.split())[:20] for text in texts]
    return "、".join(some[:_SHOWN]) + ("等" if len(some) > _SHOWN else "")


def _refuse_incomplete(looked: Sequence[tuple[Sheet, Header | None]], names: Names) -> None:
    """Refuse a file in which a sheet has most of the columns, but not all: it would be left out."""
    for sheet, header in looked:
        if header and header.score[0] * 2 > len(names.needed) and not _fits(sheet, header, names):
            raise BadRows(_lacks(sheet, header, names, looked))


def _refuse_doubtful(fitting: Sequence[tuple[Sheet, Header]], names: Names) -> None:
    """Refuse a file in which a sheet beside others is by its name an old one, or a model."""
    aside = [sheet.name for sheet, _ in fitting if _ASIDE.search(sheet.name)]
    years = {found[0]: sheet.name for sheet, _ in fitting if (found := _YEAR.search(sheet.name))}
    if len(years) > 1 and not any(names.heads(name) for name in years.values()):
        aside = [name for year, name in sorted(years.items()) if year != max(years)]
    if aside and len(fitting) > 1:
        named = "、".join(f"“{name}”" for name in aside)
        sentence = (
            f"有{len(fitting)}个工作表都有要导入的列，其中{named}看来不是要导入的。请只留下要导入的工作表。"
        )
        raise BadRows([RowProblem(RowNumber(1, f"“{aside[0]}”"), "", sentence)])


def _blocks(sheet: Sheet, header: Header, names: Names, where: str) -> Iterator[Block]:
    """Yield the tables that stand beside one another under these headers.

    Raises:
        BadRows: a column stands there twice, and not because a whole table does.
    """
    parts: list[dict[str, int]] = [{}]
    for place, match in sorted(header.matches.items()):
        known = parts[-1].get(match.key)
        if known is None or match.rank < header.matches[known].rank:
            parts[-1][match.key] = place
        elif match.rank == header.matches[known].rank:
            parts.append({match.key: place})
    if len(parts) > 1 and any(
        part.keys() != parts[0].keys() or not names.needed <= part.keys() for part in parts
    ):
        raise BadRows(list(_twice(header, names, where)))
    used = {place for part in parts for place in part.values()}
    rest = {place: text for place, text in header.texts.items() if place not in used}
    starts = [min(part.values()) for part in parts]
    for number, part in enumerate(parts):
        label = where + ("" if len(parts) == 1 else f"左起第{number + 1}张表")
        ends = starts[number + 1] if number + 1 < len(parts) else max(header.texts, default=0) + 1
        begins = 0 if number == 0 else starts[number]
        mine = {place: text for place, text in rest.items() if begins <= place < ends}
        block = Block(sheet, header, label, part, mine)
        if _is_grid(sheet, header, names):
            block.is_grid, block.others = True, others(header, names)
        yield block


def _twice(header: Header, names: Names, where: str) -> Iterator[RowProblem]:
    """Yield each column that more than one header names."""
    for key, column in names.columns.items():
        same = [place for place, match in header.matches.items() if match.key == key]
        best = min((header.matches[place].rank for place in same), default=0)
        same = [place for place in same if header.matches[place].rank == best]
        if len(same) > 1:
            read = "、".join(f"{letters(place)}列“{header.texts[place]}”" for place in same)
            sentence = (
                f"{read}都像是{column.title}。请把要用的一列写作“{column.title}”，另一列换个名字，不必删除。"
            )
            yield RowProblem(
                RowNumber(header.row + 1, where) if where else header.row + 1, column.title, sentence
            )
