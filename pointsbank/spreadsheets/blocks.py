"""One table of a file: where it stands, which rows under its headers are data, why the others are none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pointsbank.spreadsheets import passing
from pointsbank.spreadsheets.headers import Header, Names
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.spreadsheets.table import FailedFormula, RowNumber, Sheet


@dataclass(slots=True)
class Block:
    """One table: where in the file it stands, which of its places serves which column, its rows.

    Attributes:
        where: put before its row numbers in sentences; "" if it is the only one.
        places: the place of each column that it has, by key.
        others: the headers of its other places.
        rows: number and cells of each row of data.
        headings: what a line above a row, or the sheet's name, says of it, by column and row from 0.
        filled: texts that merged cells stand for, by row and place, from 0.
        passed: rows that are no data, and why.
        sums: number and cells of those of them that are sums.
        is_grid: each of `others` is an item, and its cells are what a participant has of it.
        numbers: what `sums.figures` read of a place: of a wide grid each total asks for every item's.
    """

    sheet: Sheet
    header: Header
    where: str
    places: dict[str, int]
    others: dict[int, str]
    rows: list[tuple[RowNumber | int, list[str]]] = field(default_factory=list)
    headings: dict[str, dict[int, str]] = field(default_factory=dict)
    filled: dict[tuple[int, int], str] = field(default_factory=dict)
    passed: list[tuple[RowNumber | int, str]] = field(default_factory=list)
    sums: list[tuple[RowNumber | int, list[str]]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    is_grid: bool = False
    numbers: dict[int, list[int] | None] = field(default_factory=dict, repr=False)

    def number(self, row: int) -> RowNumber | int:
        """Return the number of a row, from 0, as Excel shows it."""
        return RowNumber(row + 1, self.where) if self.where else row + 1


def fill_merged(block: Block) -> None:
    """Keep what merged cells say for the rows below their first; across they say nothing of the others."""
    rows = block.sheet.rows
    for top, left, bottom, _ in block.sheet.merged:
        if bottom <= top or top < block.header.below:
            continue
        text = rows[top][left] if left < len(rows[top]) else ""
        if text:
            block.filled |= {(row, left): text for row in range(top + 1, bottom + 1)}


def take_rows(block: Block, names: Names, *, ragged_is_wrong: bool) -> None:
    """Part the rows under the headers into data and what is none."""
    own = sorted({*block.places.values(), *block.others})
    width = max(len(block.sheet.rows[row]) for row in range(block.header.row, block.header.below))
    needed = [block.places[key] for key in names.needed if key in block.places]
    may_blank = {block.places[k] for k, c in names.columns.items() if k in block.places and c.may_be_blank}
    must = [place for place in needed if place not in may_blank]
    over = _headings(block, names)
    ended = False
    is_plain = _plainly_data(block, must)
    below, where = block.header.below, block.where
    for row in range(block.header.below, len(block.sheet.rows)):
        cells = block.sheet.rows[row]
        if row > below and not over and len(cells) <= width and is_plain(cells):
            block.rows.append((RowNumber(row + 1, where) if where else row + 1, cells))
            continue
        filled = [cells[place] for place in own if place < len(cells) and cells[place]]
        if not filled:
            continue
        number = block.number(row)
        if ragged_is_wrong and any(cells[width:]):
            sentence = "比表头多出几格，文字里的逗号请用英文双引号括起来。"
            block.problems.append(RowProblem(number, "", sentence))
            continue
        if row == block.header.below and passing.is_numbering(filled):
            block.passed.append((number, "列号"))
            continue
        whole = _is_whole(block, cells, row, must)
        read = [*_before(block, own, cells), *filled] if not whole else filled
        why = _reason(block, names, cells, read, over, whole, ended)
        if why is None:
            block.rows.append((number, cells))
            for key, value in over.items():
                block.headings.setdefault(key, {})[row] = value
            continue
        ended = ended or why == "说明"
        if why == _UNCLEAR:
            likely = "，像是没有写字的合计行" if passing.is_number(filled[0]) else ""
            sentence = (
                f"这一行只有“{filled[0][:30]}”，看不出是什么{likely}。如果不是要导入的内容，请删去这一行。"
            )
            block.problems.append(RowProblem(number, "", sentence))
        else:
            block.passed.append((number, why))
            if why == "合计":
                block.sums.append((number, cells))


def _before(block: Block, own: Sequence[int], cells: Sequence[str]) -> list[str]:
    """Return what stands left of a table in columns without a header: 合计 is often written there."""
    heads = block.sheet.rows[block.header.row]
    return [cell for place, cell in enumerate(cells[: own[0]]) if cell and not any(heads[place : place + 1])]


_UNCLEAR = "看不出"


def _plainly_data(block: Block, must: Sequence[int]) -> Callable[[list[str]], bool]:
    """Return a quick look that says of a row surely whether it is data, and of no row that is none.

    Of a hundred thousand rows nearly all have what they must, and no word of a sum, a signature or a sample.
    """
    places = block.header.matches
    again = next(((place, text) for place, text in block.header.texts.items() if place in places), None)
    if not must or again is None:
        return lambda _cells: False
    place, text = again
    first, *more = must
    last = max(place, *must)
    # Where one cell is all a row must have, a row of one cell may be a heading: 一、加分项.
    may_be_heading = not more and len(places) > 1

    def is_plain(cells: list[str]) -> bool:
        if len(cells) <= last or not cells[first] or cells[place] == text:
            return False
        for one in more:
            if not cells[one]:
                return False
        if may_be_heading and sum(map(bool, cells)) == 1:
            return False
        return passing.MAY_BE_NONE.search("".join(cells)) is None

    return is_plain


def _reason(
    block: Block,
    names: Names,
    cells: list[str],
    filled: list[str],
    over: dict[str, str],
    whole: bool,
    ended: bool,
) -> str | None:
    """Return why a row is no data, or None; a heading is kept in `over` for the rows below it."""
    if passing.is_sum(filled, whole=whole):
        return "合计"
    if whole:
        if _is_header_again(block, cells) or _names_columns(block, names, cells):
            return "重复的表头"
        if passing.is_signature(filled):
            return "签字或日期"
        if len(filled) == 1 and len(block.places) > 1 and (values := names.heads(filled[0])):
            over |= values
            return "小标题"
        first = next(filter(None, cells))
        return "样例" if passing.is_sample(filled) or passing.is_sample([first]) else None
    if all(isinstance(cell, FailedFormula) for cell in filled):
        return "只有没有结果的公式"
    if why := passing.reason(filled):
        return why
    if len(filled) == 1:
        if values := names.heads(filled[0]):
            over |= values
            return "小标题"
        if ended:
            return "说明"
        if passing.heading(filled[0]):
            return "小标题"
    if not block.is_grid and not any(place < len(cells) and cells[place] for place in block.places.values()):
        return "要导入的列都空着"
    if len(filled) == 1 and len(block.places) > 2:
        return _UNCLEAR
    return "重复的表头" if _is_header_again(block, cells) else None


def _headings(block: Block, names: Names) -> dict[str, str]:
    """Return what the sheet's name says of its rows, where it is one of several or nothing else does."""
    values = names.heads(block.sheet.name)
    return {key: value for key, value in values.items() if key not in block.places}


def _is_whole(block: Block, cells: Sequence[str], row: int, must: Sequence[int]) -> bool:
    """Return whether a row has, in itself or by a merged cell, all that it must have."""
    for place in must:
        if not (place < len(cells) and cells[place]) and (row, place) not in block.filled:
            return False
    return True


def _is_header_again(block: Block, cells: Sequence[str]) -> bool:
    """Return whether the headers stand here once more, as on each printed page."""
    same = 0
    for place, text in block.header.texts.items():
        if place < len(cells) and cells[place] == text:
            same += 1
            if same == 2:
                return True
        elif place in block.header.matches:
            # Of a hundred thousand rows nearly all end here.
            return False
    return same == len(block.header.texts) == 1


def _names_columns(block: Block, names: Names, cells: Sequence[str]) -> bool:
    """Return whether a row calls its columns by other names, as code, head, group under 户号, 户主, 小组."""
    own = [(place, match.key) for place, match in block.header.matches.items() if place < len(cells)]
    same = sum((found := names.match(cells[place])) is not None and found.key == key for place, key in own)
    return same > 1


def filled_cells(row: Sequence[str]) -> list[str]:
    """Return the cells of a row that hold something."""
    return [cell for cell in row if cell]
