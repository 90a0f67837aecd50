"""The slip of the shop (小票): 58 or 80 millimetres wide, as long as it has to be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import ledger, market, roster, staff, villages
from pointsbank.dates import SHANGHAI
from pointsbank.points import Points, show, whole
from pointsbank.printing import BOLD, INK, REGULAR, FontSet, Paper, Passage
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue
from pointsbank.staff import Permission

_EDGE = 4.0

_Part = tuple[float, Callable[[Paper, float], None]]


class Words(StrEnum):
    """Fixed wording of a slip."""

    TITLE = "积分兑换小票"
    REVERSED = "积分兑换小票（已撤销）"
    TOTAL = "合计"
    BALANCE = "兑换后余额"
    HOUSEHOLD = "户主"
    TIME = "时间"
    CLERK = "经办"
    INDEX = "账本序号"
    LEAF = "存证"
    NOTE = "请核对商品与积分，凭此小票可查账。"


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One kind of goods: how many pieces, >= 1, and the points for one."""

    goods: str
    quantity: int
    points: Points


@dataclass(frozen=True, slots=True)
class Receipt(SheetValue):
    """What was taken, what is left, and where the village's log holds it; `width` is the paper's, in mm."""

    village: str
    household: str
    day_and_time: str
    clerk: str
    lines: tuple[ReceiptLine, ...]
    total: Points
    balance: Points
    index: int
    leaf: str
    title: str = Words.TITLE
    phone: str = ""
    width: int = 80
    redemption: str = ""

    @property
    def description(self) -> str:
        """That it is a slip; whose it is stands on the paper only."""
        return "小票"

    @property
    def file_label(self) -> str:
        """The sale's place in the log."""
        return str(self.index)

    @property
    def facts(self) -> dict[str, object]:
        """Which sale it is of."""
        return {"redemption": self.redemption}


def _sales(session: Session, village: str) -> list[tuple[str, str]]:
    sold = market.redemptions(session, village=village, limit=50).items
    names = roster.by_ids(session, village=village, ids=[sale.participant_id for sale in sold])
    return [
        (
            sale.id,
            f"{_local(sale.sold_at)} {names[sale.participant_id].name} {show(sale.total)}{CommonWords.POINT}",
        )
        for sale in sold
    ]


class ReceiptOptions(Options):
    """Which sale, on which paper."""

    redemption = OneOf(_sales, required=True, label="兑换", note="哪一笔兑换")
    width = Choice("80", "58", load_default="80", label="纸宽", note="小票纸宽，毫米")


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    redemption: str,
    width: str = "80",
) -> Receipt:
    """Return the slip of one redemption, with the household's full name: it is theirs.

    Raises:
        RedemptionUnknown: there is no such redemption.
    """
    sold = market.redemption_by_id(session, village=village, redemption=redemption)
    household = roster.by_id(session, village=village, id=sold.participant_id)
    [entry] = ledger.transactions(session, village=village, before=sold.index + 1, limit=1)
    return Receipt(
        village=villages.get(session, village).name,
        household=f"{household.name}（{household.code}）",
        day_and_time=_local(sold.sold_at),
        clerk=staff.names(session, ids=[sold.sold_by]).get(sold.sold_by, ""),
        lines=tuple(ReceiptLine(line.name, line.quantity, line.points) for line in sold.lines),
        total=sold.total,
        balance=sold.balance_after,
        index=sold.index,
        leaf=entry.leaf.hex(),
        title=Words.REVERSED if sold.reversed_at else Words.TITLE,
        phone=villages.settings(session, village=village).contact_phone,
        width=int(width),
        redemption=redemption,
    )


def _local(at: datetime) -> str:
    """A moment on the village's clock."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def draw(receipt: Receipt, case: FontSet, out: BinaryIO) -> int:
    """Write the slip on one page, as long as its parts."""
    parts = _Slip(case, receipt.width).parts(receipt)
    height = sum(tall for tall, _ in parts) + 2 * _EDGE
    paper = Paper(out, case, width=receipt.width, height=height, title=receipt.title)
    top = _EDGE
    for tall, draw_part in parts:
        draw_part(paper, top)
        top += tall
    paper.turn()
    paper.finish()
    return 1


class _Slip:
    """The parts of a slip, each with its height, from top to bottom."""

    def __init__(self, case: FontSet, width: float) -> None:
        self._case = case
        self._left = 3.0
        self._right = width - 3.0
        self._space = width - 6.0
        self._size = 9.0 if width < 70 else 10.5

    def parts(self, receipt: Receipt) -> list[_Part]:
        """Everything that stands on the slip."""
        return [
            self._middle(receipt.village, self._size * 1.45, BOLD),
            self._middle(receipt.title, self._size * 1.15, REGULAR),
            self._rule(),
            self._pair(Words.HOUSEHOLD, receipt.household),
            self._pair(Words.TIME, receipt.day_and_time),
            self._pair(Words.CLERK, receipt.clerk),
            self._rule(),
            *(part for line in receipt.lines for part in self._line(line)),
            self._rule(),
            self._pair(Words.TOTAL, _points(receipt.total), 1.35),
            self._pair(Words.BALANCE, _points(receipt.balance), 1.1),
            self._rule(),
            self._pair(Words.INDEX, str(receipt.index)),
            *self._leaf(receipt.leaf),
            self._rule(),
            self._passage(Words.NOTE),
            *([self._pair(CommonWords.PHONE, receipt.phone)] if receipt.phone else []),
        ]

    def _middle(self, text: str, size: float, weight: int) -> _Part:
        middle = (self._left + self._right) / 2

        def draw(paper: Paper, top: float) -> None:
            paper.text(middle, top + size * 0.36, text, size=size, weight=weight, align=0.5, fit=self._space)

        return size * 0.55, draw

    def _pair(self, label: str, value: str, larger: float = 1.0) -> _Part:
        size = self._size * larger

        def draw(paper: Paper, top: float) -> None:
            y = top + size * 0.36
            wide = paper.text(self._left, y, label, size=self._size)
            space = self._space - wide - 2
            weight = BOLD if larger > 1 else REGULAR
            paper.text(self._right, y, value, size=size, weight=weight, align=1, fit=space)

        return size * 0.53, draw

    def _line(self, line: ReceiptLine) -> list[_Part]:
        """The goods on their own line, then pieces, price and sum: a narrow slip has no room for columns."""
        count = f"{show(line.points)} × {line.quantity}"
        amount = _points(Points(line.points * line.quantity))
        return [self._passage(line.goods, BOLD), self._pair(count, amount)]

    def _leaf(self, leaf: str) -> list[_Part]:
        """The leaf in lines of sixteen, so that it can be read out and compared."""
        lines = [leaf[start : start + 16] for start in range(0, len(leaf), 16)]
        return [self._pair(Words.LEAF if not place else "", line) for place, line in enumerate(lines)]

    def _passage(self, text: str, weight: int = REGULAR) -> _Part:
        passage = Passage(self._case, text, width=self._space, size=self._size, weight=weight, leading=1.3)
        return passage.height + 0.6, lambda paper, top: _drawn(passage, paper, self._left, top)

    def _rule(self) -> _Part:
        def draw(paper: Paper, top: float) -> None:
            paper.canvas.setDash(1.5, 1.5)
            paper.line(self._left, top + 1.6, self._right, top + 1.6, ink=INK, thickness=0.2)
            paper.canvas.setDash()

        return 3.6, draw


def _drawn(passage: Passage, paper: Paper, left: float, top: float) -> None:
    passage.draw(paper, left, top)


def _points(points: Points) -> str:
    return f"{show(points)} {CommonWords.POINT}"


def example(households: int) -> Receipt:
    """Return the slip of two kinds of goods, whatever the size of the village."""
    return Receipt(
        village="茶源村文明超市",
        household="王*国",
        day_and_time="2026年9月3日 10:25",
        clerk="陈",
        lines=(ReceiptLine("食用油5L", 1, whole(45)), ReceiptLine("食盐", 3, Points(150))),
        total=Points(4950),
        balance=Points(5125),
        index=1234,
        leaf="0123456789abcdef" * 4,
    )


SHEET = Sheet(
    name="receipt",
    title="兑换小票",
    about="58或80毫米热敏纸，一笔兑换一张。",
    permission=Permission.FILE_VIEW,
    options=ReceiptOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    seconds=0.3,
)
