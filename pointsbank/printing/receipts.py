"""The slip of the shop: 58 or 80 millimetres wide, as long as it has to be."""

import io
from collections.abc import Callable
from typing import Literal

from pointsbank.points import Points, show
from pointsbank.printing import words
from pointsbank.printing.fonts import BOLD, REGULAR, Fonts, TypeCase
from pointsbank.printing.paper import INK, Paper, Passage
from pointsbank.printing.values import Receipt, ReceiptLine, texts_of

_EDGE = 4.0

_Part = tuple[float, Callable[[Paper, float], None]]


def receipt_pdf(receipt: Receipt, *, fonts: Fonts, width: Literal[58, 80] = 80) -> bytes:
    """Draw the slip for a till printer that takes paper of this width."""
    out = io.BytesIO()
    with fonts.opened([words.EVERY_WORD, *texts_of(receipt)]) as case:
        parts = _Slip(case, width).parts(receipt)
        height = sum(tall for tall, _ in parts) + 2 * _EDGE
        paper = Paper(out, case, width=width, height=height, title=receipt.title)
        top = _EDGE
        for tall, draw in parts:
            draw(paper, top)
            top += tall
        paper.turn()
        paper.finish()
    return out.getvalue()


class _Slip:
    """The parts of a slip, each with its height, from top to bottom."""

    def __init__(self, case: TypeCase, width: float) -> None:
        self._case = case
        self._left = 3.0
        self._right = width - 3.0
        self._room = width - 6.0
        self._size = 9.0 if width < 70 else 10.5

    def parts(self, receipt: Receipt) -> list[_Part]:
        """Everything that stands on the slip."""
        return [
            self._middle(receipt.village, self._size * 1.45, BOLD),
            self._middle(receipt.title, self._size * 1.15, REGULAR),
            self._rule(),
            self._pair(words.SLIP_HOUSEHOLD, receipt.household),
            self._pair(words.SLIP_TIME, receipt.day_and_time),
            self._pair(words.SLIP_CLERK, receipt.clerk),
            self._rule(),
            *(part for line in receipt.lines for part in self._line(line)),
            self._rule(),
            self._pair(words.SLIP_TOTAL, _points(receipt.total), 1.35),
            self._pair(words.SLIP_BALANCE, _points(receipt.balance), 1.1),
            self._rule(),
            self._pair(words.SLIP_INDEX, str(receipt.index)),
            *self._leaf(receipt.leaf),
            self._rule(),
            self._passage(words.SLIP_NOTE),
            *([self._pair(words.CARD_PHONE, receipt.phone)] if receipt.phone else []),
        ]

    def _middle(self, text: str, size: float, weight: int) -> _Part:
        middle = (self._left + self._right) / 2

        def draw(paper: Paper, top: float) -> None:
            paper.text(middle, top + size * 0.36, text, size=size, weight=weight, align=0.5, fit=self._room)

        return size * 0.55, draw

    def _pair(self, label: str, value: str, larger: float = 1.0) -> _Part:
        size = self._size * larger

        def draw(paper: Paper, top: float) -> None:
            y = top + size * 0.36
            wide = paper.text(self._left, y, label, size=self._size)
            room = self._room - wide - 2
            weight = BOLD if larger > 1 else REGULAR
            paper.text(self._right, y, value, size=size, weight=weight, align=1, fit=room)

        return size * 0.53, draw

    def _line(self, line: ReceiptLine) -> list[_Part]:
        """The goods on their own line, then pieces, price and sum: a narrow slip has no room for columns."""
        count = f"{show(line.points)} × {line.quantity}"
        amount = _points(Points(line.points * line.quantity))
        return [self._passage(line.goods, BOLD), self._pair(count, amount)]

    def _leaf(self, leaf: str) -> list[_Part]:
        """The leaf in lines of sixteen, so that it can be read out and compared."""
        lines = [leaf[start : start + 16] for start in range(0, len(leaf), 16)]
        return [self._pair(words.SLIP_LEAF if not place else "", line) for place, line in enumerate(lines)]

    def _passage(self, text: str, weight: int = REGULAR) -> _Part:
        passage = Passage(self._case, text, width=self._room, size=self._size, weight=weight, leading=1.3)
        return passage.height + 0.6, lambda paper, top: _drawn(passage, paper, self._left, top)

    def _rule(self) -> _Part:
        def draw(paper: Paper, top: float) -> None:
            paper.canvas.setDash(1.5, 1.5)
            paper.line(self._left, top + 1.6, self._right, top + 1.6, ink=INK, line=0.2)
            paper.canvas.setDash()

        return 3.6, draw


def _drawn(passage: Passage, paper: Paper, left: float, top: float) -> None:
    passage.draw(paper, left, top)


def _points(points: Points) -> str:
    return f"{show(points)} {words.POINT}"
