"""The marking sheet (检查打分表) to carry to keepers' places: A4, the list's items with boxes to fill in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import keepers, villages
from pointsbank.dates import day_of
from pointsbank.keepers import CheckItem
from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper
from pointsbank.schemas.options import Options
from pointsbank.sheets.base import Sheet, SheetValue
from pointsbank.staff import Permission

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 18.0
_RIGHT = _WIDTH - _MARGIN
_ROW, _ROWS = 13.0, 164.0
"""A row at its highest, and how much the rows have together, in mm."""
_TABLE = 66.0
_FULL, _EACH, _FAULTS, _LOST = 108.0, 128.0, 148.0, 170.0
"""Where the columns of numbers begin, in mm."""


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}管护员检查打分表"
    PASS = "满分100分，{mark}分以上合格；一处问题扣一次，一项最多扣完它的满分。"
    KEEPER = "管护员"
    PLACE = "地方"
    DAY = "日期"
    ITEM = "看什么"
    FULL = "满分"
    EACH = "每处扣"
    FAULTS = "几处"
    LOST = "扣分"
    SCORE = "得分"
    AGAIN = "哪天复查"
    NOTE = "说明"
    CHECKER = "检查人签字"
    OWN = "管护员签字"
    KEPT = "看完交回村里登记、存档，不张贴。"


@dataclass(frozen=True, slots=True)
class Item:
    """One row: what is looked at, its full marks, and what a fault takes."""

    title: str
    full_mark: str
    per_fault: str


@dataclass(frozen=True, slots=True)
class MarkingSheet(SheetValue):
    """An empty sheet: it names nobody."""

    title: str
    passing: str
    items: tuple[Item, ...]

    @property
    def description(self) -> str:
        """Which sheet it is."""
        return "检查打分表"


class MarkingOptions(Options):
    """Nothing is chosen."""


def gather(session: Session, *, village: str, by: str, at: datetime, public_url: str) -> MarkingSheet:
    """Return the sheet of the list in force today.

    Raises:
        CheckListMissing: there is none.
    """
    today = day_of(at)
    found = keepers.list_on(session, village=village, day=today)
    if found is None:
        raise keepers.problems.CheckListMissing(day=today.isoformat())
    return MarkingSheet(
        title=Words.TITLE.format(village=villages.get(session, village).name),
        passing=Words.PASS.format(mark=show(found.pass_mark)),
        items=tuple(map(_item, found.items)),
    )


def _item(one: CheckItem) -> Item:
    return Item(one.title, show(one.full_mark), show(one.per_fault))


def draw(value: MarkingSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the sheet: one page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.title)
    paper.text(_WIDTH / 2, 26, value.title, size=22, weight=BOLD, align=0.5, fit=_RIGHT - _MARGIN)
    paper.text(_WIDTH / 2, 35, value.passing, size=11, ink=GREY, align=0.5, fit=_RIGHT - _MARGIN)
    third = (_RIGHT - _MARGIN) / 3
    for place, words in enumerate((Words.KEEPER, Words.PLACE, Words.DAY)):
        _draw_blank(paper, _MARGIN + place * third, 50, third - 5, words)
    bottom = _draw_table(paper, value)
    _draw_blank(paper, _MARGIN, bottom + 14, 60, Words.SCORE)
    _draw_blank(paper, _MARGIN + 70, bottom + 14, _RIGHT - _MARGIN - 70, Words.AGAIN)
    _draw_blank(paper, _MARGIN, bottom + 27, _RIGHT - _MARGIN, Words.NOTE)
    half = (_RIGHT - _MARGIN) / 2
    for place, words in enumerate((Words.CHECKER, Words.OWN)):
        _draw_blank(paper, _MARGIN + place * half, 274, half - 8, words)
    paper.text(_MARGIN, 287, Words.KEPT, size=9.5, ink=GREY)
    paper.turn()
    paper.finish()
    return 1


def _draw_table(paper: Paper, value: MarkingSheet) -> float:
    """Draw the items with their boxes; return where the table ends, in mm."""
    heads = ((_MARGIN, Words.ITEM), (_FULL, Words.FULL), (_EACH, Words.EACH))
    for left, words in (*heads, (_FAULTS, Words.FAULTS), (_LOST, Words.LOST)):
        paper.text(left + 1.5, _TABLE - 2.3, words, size=11, ink=GREY)
    y = _TABLE
    edges = [(_MARGIN, y - 7, _RIGHT, y - 7), (_MARGIN, y, _RIGHT, y)]
    row = min(_ROW, _ROWS / len(value.items))
    for item in value.items:
        line = y + row / 2 + 1.6
        paper.text(_MARGIN + 1.5, line, item.title, size=13, fit=_FULL - _MARGIN - 3)
        paper.text(_FULL + 1.5, line, item.full_mark, size=13)
        paper.text(_EACH + 1.5, line, item.per_fault, size=13)
        y += row
        edges.append((_MARGIN, y, _RIGHT, y))
    edges += [(x, _TABLE - 7, x, y) for x in (_MARGIN, _FULL, _EACH, _FAULTS, _LOST, _RIGHT)]
    paper.lines(edges, ink=HAIR, thickness=0.3)
    return y


def _draw_blank(paper: Paper, left: float, y: float, width: float, label: str) -> None:
    """Draw a label and a line to write on."""
    wide = paper.text(left, y, label, size=12, ink=GREY)
    paper.line(left + wide + 2, y + 1.2, left + width, y + 1.2, ink=INK, thickness=0.3)


def example(households: int) -> MarkingSheet:
    """Return a sheet with as many items as a list may have."""
    titles = ("地面干净", "垃圾桶不满不溢", "工具摆放整齐", "河沟没有漂浮物")
    return MarkingSheet(
        title=Words.TITLE.format(village="茶源村"),
        passing=Words.PASS.format(mark="60"),
        items=tuple(Item(f"{titles[place % 4]}{place + 1}", "5", "1") for place in range(20)),
    )


SHEET = Sheet(
    name="keeper_marks",
    title="管护员检查打分表",
    about="A4，照检查表一项一行，带到现场填，签了字交回登记。",
    permission=Permission.INSPECTION_VIEW,
    options=MarkingOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    seconds=0.3,
)
