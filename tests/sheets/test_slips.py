"""Every slip goes to a receipt printer too, and says there what stands on its paper, whoever it is for."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from pointsbank import sheets
from pointsbank.printing import Fonts, Slip
from pointsbank.sheets import receipt
from pointsbank.sheets.base import Sheet, SheetValue
from pointsbank.text import Replaceable
from tests.printing.escpos import DOTS, Printed, printed
from tests.sheets.onpaper import LONG_NAME, LONG_WORDS
from tests.sheets.retyping import retyped

RARE_NAME = "𬭎𬱖㛃堃"

slips = pytest.mark.parametrize(
    "sheet", [one for one in sheets.every() if one.put], ids=lambda sheet: sheet.name
)
both = pytest.mark.parametrize("width", DOTS)


class Said(Slip):
    """A slip that keeps the words put on it, in their order."""

    def __init__(self) -> None:
        """Begin empty."""
        self.words: list[str] = []

    def middle(self, text: str, larger: float, weight: int = 0) -> None:
        """Keep it."""
        self.words.append(text)

    def pair(self, label: str, value: str, larger: float = 1.0) -> None:
        """Keep both."""
        self.words += [label, value]

    def passage(self, text: str, weight: int = 0) -> None:
        """Keep it."""
        self.words.append(text)


def letters(texts: list[str]) -> str:
    """The words without white space and lines across."""
    return re.sub(r"\s|-{20,}", "", "".join(texts).replace("−", "-"))


def sent(sheet: Sheet[Any], value: SheetValue, fonts: Fonts) -> tuple[Printed, str]:
    """What a printer makes of a slip, and the words that were put on it."""
    said = Said()
    assert sheet.put
    sheet.put(value, said)
    return printed(sheet.thermal(value, fonts=fonts), width=value.roll_width), letters(said.words)


def example_of(
    sheet: Sheet[Any], width: int, change: Callable[[str], str], *, also_plain: bool = False
) -> Any:
    """The example of a sheet on this width, its names exchanged."""
    return replace(retyped(sheet.example(12), change, also_plain=also_plain), width=width)


@slips
@both
def test_a_printer_prints_every_word_of_a_slip_in_its_place(
    sheet: Sheet[Any], width: int, fonts: Fonts
) -> None:
    paper, said = sent(sheet, example_of(sheet, width, str), fonts)

    assert letters([line.text for line in paper.lines]) == said
    assert not paper.pictures and paper.cut


@slips
@both
def test_long_names_and_words_take_more_lines_and_lose_no_letter(
    sheet: Sheet[Any], width: int, fonts: Fonts
) -> None:
    def long(text: str) -> str:
        return LONG_NAME if isinstance(text, Replaceable) else LONG_WORDS

    paper, said = sent(sheet, example_of(sheet, width, long, also_plain=True), fonts)

    assert LONG_NAME in said and letters([line.text for line in paper.lines]) == said


@slips
@both
def test_a_rare_name_is_drawn_and_nothing_else_is(sheet: Sheet[Any], width: int, fonts: Fonts) -> None:
    def rare(text: str) -> str:
        return RARE_NAME if isinstance(text, Replaceable) else text

    paper, said = sent(sheet, example_of(sheet, width, rare), fonts)
    [picture] = paper.pictures

    [before, after] = re.split(f"[^。]{{2}}{RARE_NAME}", said)
    assert letters([line.text for line in paper.lines]) == before + after
    # Its four letters end where the paper does, in places of 24 dots.
    name = picture.crop((DOTS[width] - 4 * 24, 0, DOTS[width], picture.height))
    assert all(name.crop((place * 24, 0, place * 24 + 24, name.height)).getbbox() for place in range(4))


@both
def test_the_proof_of_a_sale_is_read_from_what_the_printer_printed(width: int, fonts: Fonts) -> None:
    text = "https://village.test/open/cy/months/2026-09/check#" + "0123456789" * 200
    value = replace(receipt.example(1), width=width, proof=receipt.SlipProof(text, "证明", "手机扫一扫"))
    [picture] = sent(receipt.SHEET, value, fonts)[0].pictures

    [code] = zxingcpp.read_barcodes(Image.eval(picture.convert("L"), lambda grey: 255 - grey))
    assert code.text == text


@pytest.mark.parametrize("sheet", sheets.every(), ids=lambda sheet: sheet.name)
def test_what_is_printed_on_a_roll_goes_to_a_receipt_printer_and_nothing_else_does(
    sheet: Sheet[Any], fonts: Fonts
) -> None:
    assert bool(sheet.put) == ("热敏纸" in sheet.about)
    if sheet.put is None:
        with pytest.raises(ValueError, match="no slip"):
            sheet.thermal(sheet.example(1), fonts=fonts)
