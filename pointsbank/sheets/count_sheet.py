"""The count sheet (盘点表): A4, the goods in the order of the page, empty places for two who count.

It is blind: what the books say stands on it only once the counts are signed, for whoever checks second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import market, staff, villages
from pointsbank.dates import moment_in_words
from pointsbank.errors import Refused
from pointsbank.market import Goods, Stocktake
from pointsbank.printing import (
    BOLD,
    CELL_LINE,
    GREY,
    INK,
    PALE,
    REGULAR,
    FontSet,
    Paper,
    Passage,
    starts,
    wrapped,
)
from pointsbank.schemas.options import OneOf, Options, Ticked
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue
from pointsbank.staff import Permission

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 15.0
_TOP, _BOTTOM, _ROW, _CLOSE = 42.0, 278.0, 9.5, 42.0
_SIZE = 11.0
_WIDTHS = (22.0, 52.0, 26.0, 16.0, 22.0, 22.0, 20.0)
"""Code, name, spec, book, first count, second count, difference."""
_UNCOUNTED = "—"
"""Where the books would stand of goods that nobody counted."""


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}盘点表"
    NUMBER = "第{number}次盘点，{moment} {name}开始"
    COLUMNS = "编号 商品 规格 账面 第一人 第二人 差数"
    OFF = "（已下架）"
    HOW = "照表上的次序一种一种数，两个人各数各的；数完照同样的次序填到“盘点”页，差数那时再填。"
    FIRST = "第一人签字"
    SECOND = "第二人签字"
    SUPERVISOR = "村务监督签字"
    DAY = "日期"
    INSIDE = "内部使用，不张贴。"


class NothingToCount(Refused):
    """No stocktake is under way and none was named, or there are no goods at all."""

    code = "nothing_to_count"
    sentence = "现在没有可以打印的盘点表：请先上架商品，再在“盘点”页开始一次盘点。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class CountLine:
    """Goods to count; `book` is empty on a blind sheet."""

    code: str
    name: str
    spec: str
    book: str


@dataclass(frozen=True, slots=True)
class CountSheet(SheetValue):
    """A stocktake's goods, in the order in which the page takes what was counted."""

    title: str
    begun: str
    number: int
    with_book: bool
    lines: tuple[CountLine, ...]

    @property
    def description(self) -> str:
        """Which stocktake, and how many kinds of goods."""
        return f"第{self.number}次盘点{len(self.lines)}种商品的盘点表"

    @property
    def file_label(self) -> str:
        """The stocktake's number."""
        return str(self.number)

    @property
    def facts(self) -> dict[str, object]:
        """The stocktake's number, and how many kinds of goods."""
        return {"number": self.number, "goods": len(self.lines)}


def _stocktakes(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the latest stocktakes, each with the moment it was begun."""
    found = market.stocktakes(session, village=village, limit=24)
    return [(one.id, moment_in_words(one.begun_at)) for one in found]


class CountSheetOptions(Options):
    """Of which stocktake, and whether what the books say stands on it."""

    stocktake = OneOf(
        _stocktakes, blank="正在进行的盘点", load_default=None, label="盘点", note="默认正在进行的那一次"
    )
    book = Ticked(load_default=False, label="印上账面件数", note="清点人签字以后才能印；不选只留空格")


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    stocktake: str | None = None,
    book: bool = False,
) -> CountSheet:
    """Return the sheet of a stocktake, the one under way unless one is named.

    Raises:
        NothingToCount: none is under way, or there are no goods.
        StocktakeUnknown: there is no such stocktake.
        CountIsBlind: `book` is wanted before the counts are signed.
        VillageUnknown: there is no such village.
    """
    if stocktake is None:
        one = market.stocktake_at_work(session, village=village)
    else:
        one = market.stocktake_by_id(session, village=village, stocktake=stocktake)
    goods = market.goods_list(session, village=village, at=at, also_inactive=True)
    if one is None or not goods:
        raise NothingToCount()
    if book:
        market.check_book_shown(one.status)
    number = market.stocktake_number(session, village=village, stocktake=one)
    name = staff.actors(session, ids={one.begun_by}).get(one.begun_by, "")
    return CountSheet(
        title=Words.TITLE.format(village=villages.get(session, village).name),
        begun=Words.NUMBER.format(number=number, moment=moment_in_words(one.begun_at), name=name),
        number=number,
        with_book=book,
        lines=_lines(goods, one, book=book),
    )


def _lines(goods: list[Goods], one: Stocktake, *, book: bool) -> tuple[CountLine, ...]:
    """Return the goods in the page's order; of what nobody counted the books are not compared."""
    books = {line.goods: str(line.book) for line in one.lines} if book else {}
    instead = _UNCOUNTED if book else ""
    return tuple(
        CountLine(
            each.code,
            each.name if each.active else f"{each.name}{Words.OFF}",
            each.spec,
            books.get(each.code, instead),
        )
        for each in goods
    )


def _columns(value: CountSheet) -> list[tuple[int, float, float]]:
    """Return place, left edge and width of each column that is drawn: a blind sheet has no book."""
    found, x = [], _MARGIN
    for place, wide in enumerate(_WIDTHS):
        if place == 3 and not value.with_book:
            continue
        wide += _WIDTHS[3] if place == 1 and not value.with_book else 0.0
        found.append((place, x, wide))
        x += wide
    return found


def draw(value: CountSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the sheet, its head again on each page, who signs below the last row."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.title)
    heights = [_height(case, value, line) for line in value.lines]
    space = _BOTTOM - _TOP
    pages = starts(heights, first=space, other=space, close=_CLOSE)
    for page, (start, end) in enumerate(pages, start=1):
        _draw_head(paper, value)
        y = _TOP
        for place in range(start, end):
            _draw_row(paper, value, value.lines[place], y, heights[place])
            y += heights[place]
        _draw_grid(paper, value, heights[start:end])
        if page == len(pages):
            _draw_close(paper, y)
        foot = CommonWords.PAGE.format(page=page, pages=len(pages))
        paper.text(_WIDTH - _MARGIN, 288, foot, size=9, ink=GREY, align=1)
        paper.text(_MARGIN, 288, Words.INSIDE, size=9, ink=GREY)
        paper.turn()
    paper.finish()
    return len(pages)


def _draw_head(paper: Paper, value: CountSheet) -> None:
    """Draw whose sheet it is, which stocktake, how to count, and the columns' names."""
    wide = _WIDTH - 2 * _MARGIN
    paper.text(_MARGIN, 16, value.title, size=17, weight=BOLD, fit=wide)
    paper.text(_MARGIN, 23, value.begun, size=_SIZE, fit=wide)
    paper.text(_MARGIN, 29.5, Words.HOW, size=10, ink=GREY, fit=wide)
    heads = Words.COLUMNS.split()
    for place, x, column in _columns(value):
        paper.text(x + 1.5, _TOP - 2.4, heads[place], size=10, ink=GREY, fit=column - 2)


def _cells(value: CountSheet, line: CountLine) -> Iterator[tuple[str, int, float, float]]:
    """Yield what is printed in a row: the words, how bold, where they begin, and in how many mm."""
    words = (line.code, line.name, line.spec, line.book, "", "", "")
    for place, x, column in _columns(value):
        yield words[place], BOLD if place == 1 else REGULAR, x + 1.5, column - 3


def _set(case: FontSet, text: str, weight: int, wide: float) -> Passage | None:
    return wrapped(case, text, width=wide, size=_SIZE, weight=weight)


def _height(case: FontSet, value: CountSheet, line: CountLine) -> float:
    """Return how high a row is, in mm."""
    found = [_set(case, text, weight, wide) for text, weight, _, wide in _cells(value, line)]
    return _ROW + (max((len(one.lines) for one in found if one), default=1) - 1) * CELL_LINE


def _draw_row(paper: Paper, value: CountSheet, line: CountLine, top: float, height: float) -> None:
    """Draw the words of a row; the places to write in stay empty."""
    for text, weight, x, wide in _cells(value, line):
        long = _set(paper.case, text, weight, wide)
        if long:
            long.draw(paper, x, top + (height - long.height) / 2)
        else:
            paper.text(x, top + height / 2 + 1.4, text, size=_SIZE, weight=weight, fit=wide)


def _draw_grid(paper: Paper, value: CountSheet, heights: list[float]) -> None:
    """Draw the lines between rows and columns."""
    right, y = _WIDTH - _MARGIN, _TOP
    edges = [(_MARGIN, _TOP - 7.5, right, _TOP - 7.5), (_MARGIN, y, right, y)]
    for height in heights:
        y += height
        edges.append((_MARGIN, y, right, y))
    edges += [(x, _TOP - 7.5, x, y) for x in (*(x for _, x, _ in _columns(value)), right)]
    paper.lines(edges, ink=PALE, thickness=0.25)


def _draw_close(paper: Paper, top: float) -> None:
    """Draw a line for each who signs, with the day."""
    for place, words in enumerate((Words.FIRST, Words.SECOND, Words.SUPERVISOR)):
        y = top + 14 + place * 12
        wide = paper.text(_MARGIN, y, words, size=_SIZE)
        paper.line(_MARGIN + max(wide + 3, 28), y + 1, _MARGIN + 100, y + 1, ink=INK, thickness=0.25)
        paper.text(_MARGIN + 108, y, Words.DAY, size=_SIZE)
        paper.line(_MARGIN + 120, y + 1, _WIDTH - _MARGIN, y + 1, ink=INK, thickness=0.25)


def example(households: int) -> CountSheet:
    """Return the sheet of a shop with so many kinds of goods."""
    lines = tuple(
        CountLine(f"M{place:02}", f"商品之{place}号{'（礼盒装）' * (place % 7 == 0) * 8}", "每袋10斤", "")
        for place in range(1, households + 1)
    )
    begun = Words.NUMBER.format(number=3, moment="2026年9月30日08:30", name="陈店员")
    return CountSheet(Words.TITLE.format(village="茶源村"), begun, 3, False, lines)


SHEET = Sheet(
    name="count_sheet",
    title="盘点表",
    about="A4，盘点时带到货架前：一种商品一行，两个人数的件数各一格，签字处；不印账面件数，内部使用。",
    permission=Permission.GOODS_VIEW,
    options=CountSheetOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="盘点表只给清点和监督的人用，不要张贴。",
    seconds=0.4,
)
