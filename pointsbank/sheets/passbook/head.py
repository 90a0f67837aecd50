"""The head of a statement: whose it is, of which days, and what stood, came, went and stands."""

from pointsbank.printing import BOLD, GREY, INK, REGULAR, Paper, Passage
from pointsbank.sheets.passbook.form import Form, shown
from pointsbank.sheets.passbook.values import Passbook, Words


class Head:
    """What stands above the first page's table; `height` in mm is where it ends on the page."""

    def __init__(self, paper: Paper, form: Form, value: Passbook) -> None:
        """Set the name, which may need several lines."""
        self._paper, self._form, self._value = paper, form, value
        self._step, self._label = form.size * 0.56, form.size * 1.1
        self._name = Passage(
            paper.case, value.household, width=form.space - self._label, size=form.size * 1.25, weight=BOLD
        )
        self.height = form.margin + form.title * 0.56 + 7.85 * self._step + self._name.height + 0.5

    def draw(self) -> float:
        """Draw it; return where the table begins."""
        paper, form, value = self._paper, self._form, self._value
        left, right = form.margin, form.wide - form.margin
        y = form.margin + form.title * 0.36
        wide = paper.text(left, y, Words.TITLE, size=form.title, weight=BOLD)
        paper.text(right, y, value.village, size=form.size * 1.15, align=1, fit=form.space - wide - 4)
        y += form.title * 0.2
        paper.line(left, y, right, y, ink=INK, thickness=0.5)
        y += self._step * 0.5
        paper.text(left, y + form.size * 1.25 * 0.3528, Words.HOUSEHOLD, size=form.size, ink=GREY)
        y = self._name.draw(paper, left + self._label, y)
        whose = f"{value.code}　{Words.CARD}　{value.cards}" if value.cards else value.code
        lines = ((Words.NUMBER, whose), (Words.SPAN, value.span), (Words.PRINTED, value.printed))
        y += self._step * 0.2
        for name, words in lines:
            y += self._step
            paper.text(left, y, name, size=form.size, ink=GREY)
            paper.text(left + self._label, y, words, size=form.size, fit=form.space - self._label)
        self._draw_sums(y + self._step * 1.3)
        return self.height

    def _draw_sums(self, y: float) -> None:
        """Draw the sums of points and honour beside their names."""
        paper, form = self._paper, self._form
        first = form.size * 2.2
        wide = (form.space - first) / 4
        names = (Words.OPENING, Words.CAME, Words.WENT, Words.CLOSING)
        ends = [form.margin + first + wide * (place + 1) for place in range(len(names))]
        for name, end in zip(names, ends, strict=True):
            paper.text(end, y, name, size=form.size, ink=GREY, align=1)
        accounts = ((Words.POINTS, self._value.points), (Words.HONOUR, self._value.honour))
        for unit, sums in accounts:
            y += self._step * 1.15
            paper.text(form.margin, y, unit, size=form.size, weight=BOLD)
            amounts = (sums.opening, sums.came_in, sums.went_out, sums.closing)
            for amount, end in zip(amounts, ends, strict=True):
                weight = BOLD if end == ends[-1] else REGULAR
                paper.text(end, y, shown(amount), size=form.size * 1.2, weight=weight, align=1, fit=wide - 2)
        paper.line(form.margin, self.height, form.wide - form.margin, self.height, ink=INK, thickness=0.35)
