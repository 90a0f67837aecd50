"""A name with its group on one line, or below each other where they are long: never too small to be read."""

from reportlab.lib.units import mm

from pointsbank.printing import BOLD, GREY, INK, REGULAR, Paper, Passage

_GAP = 3.0
_LEADING = 1.15


class NameLine:
    """A name and its group, set but not yet drawn; `height` in mm."""

    def __init__(
        self, paper: Paper, name: str, group: str, *, width: float, size: float, long: float, small: float
    ) -> None:
        """Set them in a width (mm): the name at `size` points where both fit on a line, else at `long`.

        The group stands at `small` points.
        """
        self._paper, self._name, self._group = paper, name, group
        self._size, self._small = size, small
        beside = _GAP + paper.width_of(group, size=small) if group else 0.0
        self._lines: list[Passage] = []
        self.height = size * _LEADING / mm
        if paper.width_of(name, size=size, weight=BOLD) + beside > width:
            self._lines = [
                Passage(paper.case, words, width=width, size=points, weight=weight, ink=ink, leading=_LEADING)
                for words, points, weight, ink in ((name, long, BOLD, INK), (group, small, REGULAR, GREY))
                if words
            ]
            self.height = sum(line.height for line in self._lines)

    def draw(self, x: float, top: float) -> None:
        """Draw with the top left corner at (x, top)."""
        if not self._lines:
            base = top + self._size / mm
            wide = self._paper.text(x, base, self._name, size=self._size, weight=BOLD)
            self._paper.text(x + wide + _GAP, base, self._group, size=self._small, ink=GREY)
        for line in self._lines:
            top = line.draw(self._paper, x, top)
