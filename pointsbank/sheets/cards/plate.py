"""The plate for a household's door, and the back of cards and plates."""

from reportlab.lib.colors import HexColor

from pointsbank.printing import BOLD, GREY, INK, QUIET, RED, Paper, Passage, card_path
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.cards.values import CardBack, CardFace, Words

_WIDTH, _HEIGHT = 92.0, 132.0
_CODE = 52.0
_GOLD = HexColor("#fcd34d")
_PANEL = HexColor("#fffbf2")
_CREAM = HexColor("#fef3c7")


def draw_plate(paper: Paper, left: float, top: float, face: CardFace) -> None:
    """Draw a plate, 92 by 132 mm: what it is in gold on red, the household, and a code read from a metre."""
    alike = ("plate", face.village, face.phone)
    paper.stamp(alike, left, top, lambda: _common(paper, face))
    middle = left + _WIDTH / 2
    name, fit = face.household, _WIDTH - 20
    if paper.width_of(name, size=26, weight=BOLD) <= 1.6 * fit:
        paper.text(middle, top + 42.5, name, size=26, weight=BOLD, ink=INK, align=0.5, fit=fit)
    else:
        lines = Passage(paper.case, name, width=fit, size=16, lines=2, weight=BOLD, centred=True)
        lines.draw(paper, left + 10, top + 45 - lines.height)
    which = f"{face.group}  {Words.CODE}{face.code}" if face.code else face.group
    paper.text(middle, top + 49.5, which, size=11.5, ink=GREY, align=0.5, fit=fit)
    drawn = card_path(face.content)
    quiet = QUIET * _CODE / drawn[0]
    # Four modules of the panel around it stay clear.
    paper.code(middle - _CODE / 2, top + 50.5 + quiet, _CODE, drawn)
    paper.text(middle, top + 123.6, f"{Words.NUMBER} {face.number}", size=10, ink=GREY, align=0.5, fit=fit)


def _common(paper: Paper, face: CardFace) -> None:
    """Draw what all plates of a village have alike."""
    paper.box(0, 0, _WIDTH, _HEIGHT, RED)
    paper.outline(2.5, 2.5, _WIDTH - 5, _HEIGHT - 5, ink=_GOLD, thickness=0.7)
    middle = _WIDTH / 2
    paper.text(middle, 11, face.village, size=14, weight=BOLD, ink=_CREAM, align=0.5, fit=_WIDTH - 14)
    paper.text(middle, 25, Words.PLATE, size=31, weight=BOLD, ink=_GOLD, align=0.5, fit=_WIDTH - 12, spread=5)
    paper.box(5, 30, _WIDTH - 10, _HEIGHT - 35, _PANEL)
    note = f"{Words.PLATE_NOTE}  {CommonWords.PHONE} {face.phone}" if face.phone else Words.PLATE_NOTE
    paper.text(middle, 118.6, note, size=9.5, weight=BOLD, align=0.5, fit=_WIDTH - 16)


def draw_back(paper: Paper, width: float, height: float, back: CardBack) -> None:
    """Draw the back of a card at the top left corner, as large as its lines may be there."""
    paper.box(0, 0, width, 9.5, RED)
    paper.text(width / 2, 6.9, Words.BACK, size=13, weight=BOLD, ink=_GOLD, align=0.5, fit=width - 10)
    for size in (18.0, 16.0, 14.0, 12.5, 11.0, 10.0, 9.0):
        lines = [Passage(paper.case, line, width=width - 9, size=size, leading=1.22) for line in back.lines]
        gap = (height - 13 - sum(line.height for line in lines)) / (len(lines) + 1)
        if gap >= 0.4:
            break
    y = 11.5
    for line in lines:
        y = line.draw(paper, 4.5, y) + min(gap, 3.0)
