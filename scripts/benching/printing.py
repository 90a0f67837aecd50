"""Paper: card sheets against the codes alone as qrcode draws them; each sheet against its time."""

import io
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import qrcode
from reportlab.lib.units import mm
from reportlab.pdfgen import canvas

from benching.rounds import Plan, compare, processor_seconds, seconds, tell
from pointsbank import sheets
from pointsbank.folders.packing import Folder, Gathered, draw
from pointsbank.folders.pieces import Piece
from pointsbank.printing import Fonts
from pointsbank.sheets.base import Sheet

_ALONE = """
import resource, sys
sys.path[:0] = {path!r}
from pathlib import Path
from pointsbank import sheets
from pointsbank.printing import Fonts
sheet = sheets.find("cards")
with open({out!r}, "wb") as out:
    sheet.render(sheet.example({number}), fonts=Fonts(Path({fonts!r})), out=out)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def cards(plan: Plan) -> None:
    """1,149 cards with names and numbers, against codes and names alone drawn straightforwardly."""
    number, sheet = plan.some(200, 1149), sheets.find("cards")
    fonts, made = Fonts(plan.folder / "faces"), sheet.example(number)
    sheet.render(sheet.example(20), fonts=fonts, out=io.BytesIO())

    def ours() -> float:
        return number / seconds(lambda: sheet.render(made, fonts=fonts, out=io.BytesIO()))

    def limit() -> float:
        return number / seconds(lambda: _plain_cards([face.content for face in made.faces]))

    compare(f"{number} cards, of one stream per code", limit, ours, rounds=plan.some(3, 7), unit="cards/s")
    out = io.BytesIO()
    sheet.render(made, fonts=fonts, out=out)
    size = len(out.getvalue()) / number
    tell("bytes of paper per thousand cards, of 1 MB", [(1e6, size * 1000)], "bytes")
    few, many = (_memory(plan, count) for count in ((200, 1000) if plan.quick else (1149, 10_000)))
    tell(
        "peak memory of 10,000 cards, of 1,149" if not plan.quick else "peak memory of 1,000 cards, of 200",
        [(few, many)],
        "MB",
    )


def papers() -> dict[str, Callable[[Plan], None]]:
    """Return a figure for every sheet there is: its name with `sheet-` before it."""
    return {f"sheet-{sheet.name}": partial(_paper, sheet) for sheet in sheets.every()}


def folder(plan: Plan) -> None:
    """A month's sheets in one folder, against the same printed one by one with faces cut for each."""
    households, rounds = plan.some(300, 1149), iter(range(10_000))
    names = ("poster", "notice", "minutes", "oversight", "rules", "loudspeaker", "book", "answers")
    pieces = [
        Gathered(Piece(f"{name}.pdf", name, name), sheets.find(name).example(households)) for name in names
    ]

    def fonts() -> Fonts:
        # Each month has other texts: nothing of the month before serves.
        return Fonts(plan.folder / f"faces-{next(rounds)}")

    def together() -> None:
        draw(Folder(io.BytesIO()), pieces, fonts(), lambda _step, _piece: None)

    def one_by_one() -> None:
        for one in pieces:
            one.piece.drawn_by.render(one.value, fonts=fonts(), out=io.BytesIO())

    together()
    compare(
        f"a month's folder of {households} households, of its sheets one by one",
        lambda: processor_seconds(one_by_one),
        lambda: processor_seconds(together),
        rounds=plan.some(3, 7),
        unit="s",
    )


def _paper(sheet: Sheet[Any], plan: Plan) -> None:
    """A sheet drawn for a whole village, against the time it may take."""
    fonts, households = Fonts(plan.folder / "faces"), plan.some(300, 1149)
    value = sheet.example(households)

    def draw() -> None:
        sheet.render(value, fonts=fonts, out=io.BytesIO())

    draw()
    figure = f"{sheet.name} of {households} households, of {sheet.seconds:g} s"
    tell(figure, [(sheet.seconds, seconds(draw)) for _ in range(plan.rounds)], "s")


def _plain_cards(contents: list[str]) -> bytes:
    """Codes with a fixed mask, one stream each, a name under each, ten to a page."""
    out = io.BytesIO()
    page = canvas.Canvas(out)
    for place, content in enumerate(contents):
        if place and place % 10 == 0:
            page.showPage()
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, mask_pattern=3)
        code.add_data(content)
        code.make(fit=True)
        _draw(page, code.get_matrix(), place % 10)
    page.save()
    return out.getvalue()


def _draw(page: canvas.Canvas, matrix: list[list[bool]], place: int) -> None:
    """One code as one path, a run of modules as one rectangle."""
    left, bottom, module = (
        20 * mm + place % 2 * 90 * mm,
        20 * mm + place // 2 * 50 * mm,
        34 * mm / len(matrix),
    )
    path = page.beginPath()
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                path.rect(left + start * module, bottom - y * module, (x - start) * module, module)
                start = None
    page.drawPath(path, stroke=0, fill=1)
    page.drawString(left, bottom - 38 * mm, f"card {place}")


def _memory(plan: Plan, number: int) -> float:
    """The most memory a process of its own takes for so many cards, in MB."""
    code = _ALONE.format(
        path=sys.path[:3], out=str(plan.folder / "cards.pdf"), number=number, fonts=str(plan.folder / "faces")
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)
