"""The list by which a batch of cards is handed out (发卡名单): A4, full names, for staff, to be signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.printing import (
    BOLD,
    CELL_LINE,
    GREY,
    HAIR,
    INK,
    REGULAR,
    FontSet,
    Paper,
    Passage,
    starts,
    wrapped,
)
from pointsbank.roster import BatchCard, CardBatch, Participant
from pointsbank.schemas.options import OneOf, Options, Ticked
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, example_names
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_SHEET = (210.0, 297.0)
_MARGIN = 15.0
_TOP, _BOTTOM, _ROW = 34.0, 278.0, 8.6
_SIZE = 10.5
_WIDTHS = (12.0, 38.0, 20.0, 28.0, 28.0, 19.0, 35.0)
"""Place, name, 户号, group, card number, where it is kept, signature."""
_STRIPE = HexColor("#fafaf9")


class Words(StrEnum):
    """Fixed wording of the list."""

    TITLE = "积分卡发放名单"
    BATCH = "第{batch}批"
    EARLIER = "以前打印的卡"
    COLUMNS = "序号 户主 户号 小组 卡号 放在哪里 签收"
    INSIDE = "内部使用，不张贴。交卡时核对来人，请他签名；第二个人凭这份名单确认。"
    PRINTED = "{day}打印，共{count}张"
    OTHER = "本户第{slot}张"


@dataclass(frozen=True, slots=True)
class Line:
    """A card and whom it is for, in the card's place; the name in full: it is for staff who hand it over."""

    place: int
    name: Replaceable
    code: str
    group: str
    number: str
    kept: str


@dataclass(frozen=True, slots=True)
class CardList(SheetValue):
    """The cards of a batch that are to be handed out, in the order in which they were printed."""

    village: str
    batch: int
    day: str
    lines: tuple[Line, ...]

    @property
    def description(self) -> str:
        """Which batch, and how many cards."""
        return f"第{self.batch}批{len(self.lines)}张卡的发放名单"

    @property
    def file_label(self) -> str:
        """The batch."""
        return f"batch-{self.batch}"

    @property
    def facts(self) -> dict[str, object]:
        """Which batch, and how many cards."""
        return {"batch": self.batch, "cards": len(self.lines)}


def _batches(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the batches, the newest first."""
    return [(str(one.number), _named(one)) for one in roster.batches(session, village=village)]


def _named(one: CardBatch) -> str:
    name = Words.BATCH.format(batch=one.number) if one.number else str(Words.EARLIER)
    return f"{name}（{day_in_words(day_of(one.printed_at))}，待发放{one.left}张）"


class CardListOptions(Options):
    """Of which batch, and whether cards that were handed out stand there too."""

    batch = OneOf(_batches, blank="最近一批", load_default=None, label="批次", note="批号；默认最近一批")
    every = Ticked(load_default=False, label="连同已发放的", note="不选只列待发放的")


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    batch: str | None = None,
    every: bool = False,
) -> CardList:
    """Return the list of a batch.

    Raises:
        BatchUnknown: there is no such batch, or none at all.
    """
    newest = [] if batch else roster.batches(session, village=village, limit=1)
    number = roster.read_batch(batch or (str(newest[0].number) if newest else "1"))
    statuses = ("printed", "active") if every else ("printed",)
    cards = roster.batch_cards(session, village=village, number=number, statuses=statuses)
    people = roster.by_ids(session, village=village, ids={card.participant for card in cards})
    lines = tuple(_line(card, people[card.participant]) for card in cards)
    name = villages.get(session, village).name
    return CardList(name, number, day_in_words(day_of(at)), lines)


def _line(card: BatchCard, who: Participant) -> Line:
    kept = card.label or (Words.OTHER.format(slot=card.slot) if card.slot > 1 else "")
    return Line(
        card.place,
        Replaceable(who.name, f"户号{who.code}"),
        who.code,
        who.group,
        roster.spaced(card.number),
        kept,
    )


def draw(value: CardList, case: FontSet, out: BinaryIO) -> int:
    """Write the pages of the list, each with its head and number."""
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=Words.TITLE)
    heights = [_height(case, line) for line in value.lines]
    space = _BOTTOM - _TOP
    pages = starts(heights, first=space, other=space, close=0)
    for page, (start, end) in enumerate(pages, start=1):
        _head(paper, value)
        y = _TOP
        for row in range(start, end):
            _row(paper, y, heights[row], value.lines[row], striped=bool((row - start) % 2))
            y += heights[row]
        foot = CommonWords.PAGE.format(page=page, pages=len(pages))
        paper.text(_SHEET[0] - _MARGIN, 287, foot, size=9, ink=GREY, align=1)
        paper.text(_MARGIN, 287, Words.INSIDE, size=9, ink=GREY, fit=135)
        paper.turn()
    paper.finish()
    return len(pages)


def _head(paper: Paper, value: CardList) -> None:
    """What list this is, and the columns' names."""
    batch = Words.BATCH.format(batch=value.batch) if value.batch else Words.EARLIER
    width = _SHEET[0] - 2 * _MARGIN
    wide = paper.text(_MARGIN, 18, f"{value.village} {Words.TITLE} {batch}", size=15, weight=BOLD, fit=125)
    printed = Words.PRINTED.format(day=value.day, count=len(value.lines))
    paper.text(_SHEET[0] - _MARGIN, 18, printed, size=9.5, ink=GREY, align=1, fit=width - wide - 4)
    x = _MARGIN
    for name, column in zip(Words.COLUMNS.split(), _WIDTHS, strict=True):
        paper.text(x + 1, _TOP - 4, name, size=9.5, ink=GREY, fit=column - 2)
        x += column
    paper.line(_MARGIN, _TOP - 1.5, _SHEET[0] - _MARGIN, _TOP - 1.5, ink=INK, thickness=0.3)


def _cells(case: FontSet, line: Line) -> Iterator[tuple[str, int, float, Passage | None]]:
    """Yield the words of a row, how bold, in how many mm, and their lines where they need more than one."""
    values = (str(line.place), line.name, line.code, line.group, line.number, line.kept, "")
    for at, (text, column) in enumerate(zip(values, _WIDTHS, strict=True)):
        weight, wide = BOLD if at == 1 else REGULAR, column - 2
        yield text, weight, wide, wrapped(case, text, width=wide, size=_SIZE, weight=weight)


def _height(case: FontSet, line: Line) -> float:
    """Return how high a row is, in mm."""
    lines = [len(long.lines) for _, _, _, long in _cells(case, line) if long]
    return _ROW + (max(lines, default=1) - 1) * CELL_LINE


def _row(paper: Paper, top: float, height: float, line: Line, *, striped: bool) -> None:
    """Draw one card's row."""
    width = _SHEET[0] - 2 * _MARGIN
    if striped:
        paper.box(_MARGIN, top - 0.8, width, height - 0.4, _STRIPE)
    x = _MARGIN
    for text, weight, wide, long in _cells(paper.case, line):
        if long:
            long.draw_on(paper, x + 1, top + 4.6)
        else:
            paper.text(x + 1, top + 4.6, text, size=_SIZE, weight=weight, fit=wide)
        x += wide + 2
    bottom = top + height - 1
    paper.line(_MARGIN, bottom, _SHEET[0] - _MARGIN, bottom, ink=HAIR, thickness=0.15)


def example(households: int) -> CardList:
    """Return a list of so many cards of nobody."""
    lines = tuple(
        Line(
            place,
            Replaceable(str(name), f"户号{place:04}"),
            f"{place:04}",
            "第1村民小组",
            roster.spaced(f"{place:09}"),
            "城里" if place % 9 == 0 else "",
        )
        for place, name in enumerate(example_names(households), start=1)
    )
    return CardList("茶源村", 4, "2026年9月1日", lines)


SHEET = Sheet(
    name="cardlist",
    title="发卡名单",
    about="A4，一批积分卡按先后的名单，全名、户号、卡号和签名处；内部使用。",
    permission=Permission.CARDS_ISSUE,
    options=CardListOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="名单上有全名，只给发卡的人用，不要张贴。",
)
