"""The close of a statement: what goes at the year's end, what to do when something is wrong, the proof."""

from pointsbank.printing import BOLD, GREY, QUIET, REGULAR, Paper, Passage, path
from pointsbank.sheets.passbook.form import Form
from pointsbank.sheets.passbook.values import Passbook, Words

_ABOVE, _BETWEEN = 3.0, 1.6


class Close:
    """What stands below the last line; `height` in mm is known before it is drawn."""

    def __init__(self, paper: Paper, form: Form, value: Passbook) -> None:
        """Set its words."""
        self._paper, self._form, self._value = paper, form, value
        self._code = path(value.seal.code) if value.seal else None
        self._label = form.size * 2.0
        wide = form.space - self._label
        self._passages = [
            (name, self._passage(words, wide))
            for name, words in ((Words.LAPSES, value.lapses), (Words.WRONG, value.channel))
        ]
        quiet = QUIET * form.code / self._code[0] if self._code else 0
        self._side = form.code + 2 * quiet if self._code else 0
        beside = form.space - self._side - 2 if self._code else wide
        self._proof = self._passage(value.proof, beside)
        digits, size = value.seal.digits if value.seal else "", form.size * 1.15
        if paper.width_of(digits, size=size, weight=BOLD) > beside:
            # Three groups on either line, as the poster has them.
            half = digits[: len(digits) // 2 + 1]
            beside = paper.width_of(half, size=size, weight=BOLD)
        self._digits = self._passage(digits, beside, size=size)

    @property
    def height(self) -> float:
        """Return how high it is."""
        above = sum(one.height + _BETWEEN for _, one in self._passages)
        name = self._form.size * 0.5 if self._code else 0
        return _ABOVE + above + max(self._side, name + self._digits.height + self._proof.height + 1)

    def draw(self, y: float) -> None:
        """Draw it from y on."""
        form, paper, left = self._form, self._paper, self._form.margin
        y += _ABOVE
        for name, one in self._passages:
            paper.text(left, y + form.size * 0.3528, name, size=form.size, ink=GREY)
            y = one.draw(paper, left + self._label, y) + _BETWEEN
        if self._code is None:
            paper.text(left, y + form.size * 0.3528, Words.PROOF, size=form.size, ink=GREY)
            self._proof.draw(paper, left + self._label, y)
            return
        quiet = (self._side - form.code) / 2
        paper.code(left + quiet, y + quiet, form.code, self._code)
        x = left + self._side + 2
        paper.text(x, y + form.size * 0.3528, Words.PROOF, size=form.size, ink=GREY)
        y = self._digits.draw(paper, x, y + form.size * 0.5)
        self._proof.draw(paper, x, y + 1)

    def _passage(self, words: str, wide: float, *, size: float | None = None) -> Passage:
        weight = REGULAR if size is None else BOLD
        size = size or self._form.size
        return Passage(self._paper.case, words, width=wide, size=size, weight=weight, leading=1.3)
