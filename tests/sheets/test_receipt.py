"""The slip of the shop: what was taken, what is left, where the log holds it; on both widths of paper."""

from dataclasses import replace

import pypdfium2
import pytest

from pointsbank.market import SoldLine
from pointsbank.points import whole
from pointsbank.printing import Fonts
from pointsbank.sheets.receipt import Receipt, example
from tests.printing.reading import page_count, squeezed, text_of
from tests.sheets.prints import printed

RECEIPT = example(1)


def receipt_of(lines: tuple[SoldLine, ...]) -> Receipt:
    """The slip of these goods."""
    return replace(RECEIPT, sold=replace(RECEIPT.sold, lines=lines))


@pytest.mark.parametrize("width", [58, 80])
def test_a_slip_says_what_was_taken_and_what_is_left(fonts: Fonts, width: int) -> None:
    words = squeezed(text_of(printed(replace(RECEIPT, width=width), fonts)))

    for part in ("食用油5L", "45×1", "食盐", "1.5×3", "4.5分", "49.5分", "51.25分", "1234", RECEIPT.leaf):
        assert part in words


@pytest.mark.parametrize("count", [1, 40])
def test_a_slip_is_one_page_as_long_as_its_goods(fonts: Fonts, count: int) -> None:
    pdf = printed(receipt_of(RECEIPT.sold.lines * count), fonts)

    assert page_count(pdf) == 1
    assert (pypdfium2.PdfDocument(pdf)[0].get_height() > 600) == (count == 40)


def test_goods_that_look_like_markup_print_as_they_read(fonts: Fonts) -> None:
    odd = receipt_of((SoldLine("", "<b>&amp;", "", 1, whole(1)),))

    assert "<b>&amp;" in text_of(printed(odd, fonts))
