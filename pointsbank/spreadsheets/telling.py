"""Says in sentences what of a file was read and how: the same words on a page and at the command line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.finding import Found
from pointsbank.spreadsheets.headers import plain
from pointsbank.spreadsheets.problems import row_in_words

_ROWS_NAMED = 8
"""Rows of one kind that are named one by one."""


def what_was_found(found: Found, columns: Sequence[Column], blanks: Mapping[str, int]) -> list[str]:
    """Return the sentences: tables, headers read otherwise, hidden columns, rows passed over, blanks.

    Args:
        blanks: of columns whose blank means something, how many cells are.
    """
    sentences = [_table(block) for block in found.blocks]
    sentences += dict.fromkeys(line for block in found.blocks for line in _spelt(block, columns))
    sentences += dict.fromkeys(line for block in found.blocks for line in _merged(block, columns))
    sentences += _passed(found.blocks)
    if found.unread:
        named = "、".join(f"“{name}”" for name in found.unread)
        sentences.append(f"没有读的工作表：{named}，里面没有要导入的列。")
    has = {key for block in found.blocks for key in block.places}
    for column in columns:
        if column.blank_means and column.key not in has:
            sentences.append(f"没有“{column.title}”这一列，都按{column.blank_means}算。")
        elif column.blank_means and blanks[column.key]:
            sentences.append(f"“{column.title}”有{blanks[column.key]}行空着，按{column.blank_means}算。")
    return sentences


def _table(block: Block) -> str:
    """Return where a table is and how many rows it has."""
    first, last = block.header.row + 1, block.header.below
    rows = f"第{first}行" if first == last else f"第{first}至{last}行"
    kind = "，一行一户、一列一个条目" if block.is_grid else ""
    return f"{block.where}表头在{rows}，读了{len(block.rows)}行数据{kind}。"


def _spelt(block: Block, columns: Sequence[Column]) -> Iterator[str]:
    """Yield how headers were read that are not called as we call them."""
    for column in columns:
        place = block.places.get(column.key)
        if place is None:
            continue
        text = " ".join(block.header.texts[place].split())
        if plain(text) not in map(plain, column.names) or "(" in text or "（" in text:
            yield f"表头“{text}”读作“{column.title}”。"


def _merged(block: Block, columns: Sequence[Column]) -> Iterator[str]:
    """Yield the columns in which merged cells were filled downwards."""
    rows = {int(number) - 1 for number, _ in block.rows} if block.filled else set[int]()
    for column in columns:
        place = block.places.get(column.key)
        count = sum(1 for row, at in block.filled if at == place and row in rows)
        if count:
            yield f"“{column.title}”有合并单元格，向下填了{count}行。"


def _passed(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the rows that were passed over, by why."""
    reasons: dict[str, list[int]] = defaultdict(list)
    for block in blocks:
        for number, why in block.passed:
            reasons[why].append(number)
    for why, numbers in reasons.items():
        named = "、".join(row_in_words(number) for number in numbers[:_ROWS_NAMED])
        more = f"等{len(numbers)}行" if len(numbers) > _ROWS_NAMED else ""
        yield f"没有读的行：{named}{more}（{why}）。"
