"""Papers of titles with the longest of everything: each word is there, none is smaller than nine points."""

import io
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pointsbank import sheets
from pointsbank.law import Use, clear
from pointsbank.printing import Fonts
from pointsbank.sheets.title_benefits import BenefitLine
from pointsbank.text import Replaceable
from tests.printing.reading import squeezed, text_of

NAME = ("阿卜杜热合曼·买买提吐尔逊·艾合买提江·古丽娜尔䶮𬱖㛃" * 3)[:60]
DEED = "".join(f"第{number}年常年清扫村口道路并照看花坛。" for number in range(11))[:200]
BENEFITS = tuple(
    BenefitLine(
        ("每年在卫生室体检一次，医生上门解读，另送米面油" * 3)[:58] + f"{number:02}",
        "到2027年10月31日",
        "没有给",
    )
    for number in range(13)
)
WHOSE = Replaceable(f"{NAME}户：", "户号")


def longest(name: str) -> tuple[Any, list[str]]:
    """The longest that a sheet may say, and the words that must be on it."""
    sheet: Any = sheets.find(name)
    value = sheet.example(60)
    if name == "title_certificate":
        return replace(value, greeting=WHOSE), [NAME]
    if name == "praise_letter":
        return replace(value, who=WHOSE, body=DEED), [NAME, DEED]
    if name == "title_benefits":
        return replace(value, who=WHOSE, lines=BENEFITS), [NAME, *(one.what for one in BENEFITS)]
    if name == "title_recommendation":
        return replace(value, who=WHOSE, home=WHOSE, deed=DEED), [NAME, DEED]
    kind = value.kinds[0]
    line = replace(kind.lines[0], name=NAME, reason=clear("门前常年干净", Use.DEED))
    return replace(value, kinds=(replace(kind, lines=(line,) * 12),)), [NAME] * 12


@pytest.mark.parametrize(
    "name",
    [
        "title_certificate",
        "praise_letter",
        "title_benefits",
        "title_recommendation",
        "title_notice",
        "honour_roll",
    ],
)
def test_the_longest_names_and_words_are_whole_and_never_smaller_than_nine_points(
    name: str, fonts: Fonts
) -> None:
    value, words = longest(name)
    out = io.BytesIO()

    sheets.find(name).render(value, fonts=fonts, out=out)

    text = squeezed(text_of(out.getvalue(), as_drawn=True))
    for one in words:
        assert text.count(squeezed(one)) >= words.count(one)
    for page in pypdfium2.PdfDocument(out.getvalue()):
        letters = page.get_textpage()
        sizes = {pdfium.FPDFText_GetFontSize(letters, at) for at in range(letters.count_chars())}
        assert min(sizes - {0.0, 1.0}) >= 8.99
