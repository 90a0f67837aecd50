"""Every sheet of the register in three states, drawn once and looked at by all who test what is on paper."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from pointsbank import sheets
from pointsbank.printing import Fonts, FontSet
from pointsbank.sheets.base import Sheet
from pointsbank.text import Replaceable
from tests.printing.reading import squeezed, text_of
from tests.sheets.retyping import retyped

LONG_NAME = "中国邮政储蓄银行股份有限公司茶源县支行" * 3 + "甲乙丙"
LONG_WORDS = "第十二村民小组（上湾自然村）：" * 4
RARE = "䶮㛃𬱖犇堃"
OF_NAMES = frozenset("邮政储蓄银")
"""Characters that stand in long names and nowhere else."""

_MANY = 300
"""Segments of a path that only a code has."""


class Run(NamedTuple):
    """Letters set at once: what they are, their size in points, their box on the page and their ink."""

    words: str
    size: float
    box: tuple[float, float, float, float]
    ink: tuple[int, int, int]


class Print:
    """A sheet drawn in one state: empty, usual or overfull."""

    def __init__(self, sheet: Sheet[Any], state: str, fonts: Fonts) -> None:
        """Draw it."""
        self.sheet, self.state = sheet, state
        value = sheet.example({"empty": 0, "usual": 12, "overfull": 40}[state])
        self.value = retyped(value, _long) if state == "overfull" else value
        out = io.BytesIO()
        sheet.render(self.value, fonts=fonts, out=out)
        self.pdf = out.getvalue()
        self.pages = list(pypdfium2.PdfDocument(self.pdf))

    @cached_property
    def text(self) -> str:
        """The text layer without its white space, in the order of drawing."""
        return squeezed(text_of(self.pdf, as_drawn=True))

    @cached_property
    def runs(self) -> list[list[Run]]:
        """The runs of letters on each page."""
        return [list(runs_on(page)) for page in self.pages]

    @cached_property
    def greys(self) -> list[Image.Image]:
        """Each page as a printer without colours prints it, small."""
        return [page.render(scale=0.75, grayscale=True).to_pil().convert("L") for page in self.pages]

    def codes_drawn(self) -> int:
        """How many codes the print has, by its paths."""
        return sum(
            pdfium.FPDFPath_CountSegments(one.raw) > _MANY and _is_filled(one)
            for page in self.pages
            for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
        )


def _is_filled(path: pypdfium2.PdfObject) -> bool:
    filled, stroked = pdfium.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(path.raw, filled, stroked)
    return bool(filled.value) and not stroked.value


def _long(text: str) -> str:
    return LONG_NAME if isinstance(text, Replaceable) else text and LONG_WORDS


def runs_on(page: pypdfium2.PdfPage) -> Iterator[Run]:
    """Yield the runs of letters on a page, those of stamps where they were put."""
    letters = page.get_textpage()
    for one in page.get_objects(max_depth=1, textpage=letters):
        if isinstance(one, pypdfium2.PdfTextObj):
            yield _run(one, pypdfium2.PdfMatrix())
        elif one.type == pdfium.FPDF_PAGEOBJ_FORM:
            for part in page.get_objects(max_depth=1, form=one.raw, textpage=letters):
                if isinstance(part, pypdfium2.PdfTextObj):
                    yield _run(part, one.get_matrix())


def _run(one: pypdfium2.PdfTextObj, put: pypdfium2.PdfMatrix) -> Run:
    left, low, right, high = one.get_bounds()
    x1, y1 = put.on_point(left, low)
    x2, y2 = put.on_point(right, high)
    red, green, blue, alpha = (pdfium.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(one.raw, red, green, blue, alpha)
    words = squeezed(one.extract())
    return Run(words, one.get_font_size(), (x1, y1, x2, y2), (red.value, green.value, blue.value))


class OneCut(Fonts):
    """Fonts that are cut once for every sheet in every state, and not once for each."""

    @cached_property
    def _all(self) -> str:
        texts = [
            text
            for sheet in sheets.every()
            for count in (0, 12)
            for text in sheet.texts(sheet.example(count))
        ]
        return "".join(sorted({*"".join(texts), *LONG_NAME, *LONG_WORDS, *RARE}))

    @contextmanager
    def opened(self, texts: Any, **given: Any) -> Iterator[FontSet]:
        """Lend the faces for these texts and for all others that sheets print."""
        with super().opened([*texts, self._all], **given) as case:
            yield case
