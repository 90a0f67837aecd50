"""Rows and columns of which nobody knows whether they are meant: hidden, struck out, marked 作废. Pure."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.headers import Names
from pointsbank.spreadsheets.places import letters
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.spreadsheets.table import RowNumber
from pointsbank.text import narrow

_ROWS_NAMED = 8

_NO_MORE = frozenset(
    {"作废", "取消", "撤销", "删除", "注销", "销户", "迁出", "搬走", "下架", "停用", "停售", "废止", "驳回"}
    | {"已作废", "已取消", "已撤销", "已删除", "已注销", "已销户", "已迁出", "已搬走", "已下架", "已停用"}
    | {"已停售", "已废止", "已驳回", "不算", "无效", "重复", "不同意", "不予通过", "不予加分"}
    | {"未通过", "不通过", "审核不通过"}
)
_ASKED = re.compile("是否(?:同意|通过|有效|加分|计分|认定|参加|参与|上架|启用|采纳)|审[核批]|复核结果")
_NO = frozenset({"否", "不", "×", "✗", "x", "X", "N", "NO", "no"})
_SINCE = re.compile(
    "(?:[0-9年月日./-]*[起底初份]?|此[条户项]|[本该][条户项]|全家|举家|整户)(?:已经?)?"
    "(?:作废|废止|取消|撤销|撤回|迁出|搬走|注销|销户|下架|停售|停用|不算)了?"
)
_MAY_SAY_SO = re.compile("[废消撤出走销架售用算]")


def doubtful(block: Block) -> Iterator[RowProblem]:
    """Yield what of a table's rows and columns somebody has hidden, struck out, or marked as no longer so."""
    hidden, struck = block.sheet.hidden, block.sheet.struck
    used = {*block.places.values(), *(block.others if block.is_grid else ())}
    for place in sorted(used & block.sheet.hidden_columns):
        title = block.header.texts.get(place, "")[:30]
        sentence = (
            f"{letters(place)}列是隐藏的，看不出要不要。要用就取消隐藏，不用就删去这一列，保存后再导入。"
        )
        yield RowProblem(block.number(block.header.row), title, sentence)
    if hidden:
        numbers = [number for number, _ in block.rows if int(number) - 1 in hidden]
        yield from _rows(numbers, "有内容，但是隐藏的（可能是筛选掉的）", "取消筛选和隐藏")
    if struck:
        rows = {row for row, place in struck if place in used}
        numbers = [number for number, _ in block.rows if int(number) - 1 in rows]
        yield from _rows(numbers, "有划掉的字（删除线）", "去掉删除线")
    yield from _marked(block)


def says_no_more(cell: str) -> bool:
    """Return whether a cell says that its row no longer holds.

    Example:
        >>> says_no_more("作废"), says_no_more("2026年3月已迁出"), says_no_more("已撤销贫困村")
        (True, True, False)
    """
    return cell in _NO_MORE or (len(cell) <= _LONGEST_MARK and _SINCE.fullmatch(narrow(cell)) is not None)


_LONGEST_MARK = 20


def of_another_table(block: Block, names: Names) -> Iterator[RowProblem]:
    """Yield the first header of a table by which it is another than is asked for."""
    for _, text in sorted(block.others.items()):
        if what := names.another_table(text):
            sentence = f"有“{text[:20]}”这一列，像是{what}。没有弄错的话，请删去这一列再导入。"
            yield RowProblem(block.number(block.header.row), text[:20], sentence)
            return


def one_for_several(block: Block, columns: Sequence[Column]) -> Iterator[RowProblem]:
    """Yield each head that a merged cell puts beside several codes.

    It is one household in two rows, or the head of one of them: nobody but who made the table knows.
    """
    unique = next((one for one in columns if one.unique and one.key in block.places), None)
    for column in columns if unique and block.filled else ():
        if unique is None or not column.is_head or column.key not in block.places:
            continue
        place, of_codes = block.places[column.key], block.places[unique.key]
        codes: list[str] = []
        over: list[tuple[RowNumber | int, str, list[str]]] = []
        for number, cells in block.rows:
            row, code = int(number) - 1, cells[of_codes]
            if (row, place) not in block.filled or (row, of_codes) in block.filled:
                codes = [code]
                continue
            codes.append(code)
            if len(codes) == 2:
                over.append((number, block.filled[(row, place)], codes))
        for number, head, beside in over:
            sentence = (
                f"“{head[:20]}”是合并单元格，对着{len(beside)}个{unique.title}（{'、'.join(beside[:_NAMED])}）。"
                "是同一户，请只留一行；不是，请取消合并，每行各写各的。"
            )
            yield RowProblem(number, column.title, sentence)


_NAMED = 4


def _rows(numbers: list[int], what: str, way_out: str) -> Iterator[RowProblem]:
    """Yield one problem for rows that are alike."""
    if not numbers:
        return
    named = "、".join(str(int(number)) for number in numbers[:_ROWS_NAMED])
    more = "等" if len(numbers) > _ROWS_NAMED else ""
    sentence = (
        f"第{named}{more}行共{len(numbers)}行{what}，看不出要不要。"
        f"要导入就{way_out}，不要就删去这些行，保存后再导入。"
    )
    yield RowProblem(numbers[0], "", sentence)


def _marked(block: Block) -> Iterator[RowProblem]:
    """Yield rows in which a cell says that they no longer hold, whatever its column."""
    texts = block.header.texts
    # Where our own lists say 销户 and 下架; whoever takes the table in looks at it.
    own = block.places.get("state")
    asked = [place for place, text in block.others.items() if _ASKED.search(text)]
    for number, cells in block.rows:
        found = ""
        if _MAY_SAY_SO.search("".join(cells)) or not _NO_MORE.isdisjoint(cells):
            found = next(
                (cell for place, cell in enumerate(cells) if place != own and says_no_more(cell)), ""
            )
        for place in asked:
            if place < len(cells) and cells[place] in _NO:
                found = f"{texts[place][:20]}：{cells[place]}"
        if found:
            sentence = f"这一行写着“{found}”，看不出还要不要。不要就删去这一行，要就删去这几个字。"
            yield RowProblem(number, "", sentence)


def ended(rows: Iterable[Mapping[str, Any]], known: Container[str]) -> Iterator[RowProblem]:
    """Yield new rows whose 状态 says that they no longer hold: they would come in as if they did.

    Args:
        known: codes of what is there already, of which a table changes no state.
    """
    for row in rows:
        if row["code"] not in known and says_no_more(row["state"]):
            sentence = f"状态写着“{row['state'][:20]}”，这里还没有它。不要就删去这一行，要就删去这几个字。"
            yield RowProblem(row["row"], "状态", sentence)
