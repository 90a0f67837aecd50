"""The two papers of a poster: how high its head is, how wide its words, where its foot stands."""

from dataclasses import dataclass

from pointsbank.printing import EDGE


@dataclass(frozen=True, slots=True)
class Form:
    """One size of paper: lengths in mm; letters of the head are those of A3 times `scale`.

    Args:
        head, further_head: heights of the red head of the first page, and of each other one.
        margin: from the paper's edge to the words.
        foot: how high the foot is; the public key takes two lines on small paper.
        foot_first: the foot stands on the first page; on the last one otherwise.
    """

    width: float
    height: float
    scale: float
    head: float
    further_head: float
    margin: float
    foot: float
    foot_first: bool

    @property
    def is_large(self) -> bool:
        """Whether there is room for two columns, and for what small paper takes a line more for."""
        return self.scale == 1

    @property
    def wide(self) -> float:
        """How wide a line of words may be."""
        return self.width - 2 * self.margin

    @property
    def bottom(self) -> float:
        """Where the words of a page end: its last line stands below."""
        return self.height - EDGE - 6.5


A3 = Form(297.0, 420.0, 1.0, 55.0, 25.0, 18.0, 74.5, foot_first=True)
A4 = Form(210.0, 297.0, 0.7, 43.0, 21.0, 17.0, 86.0, foot_first=False)
