"""Whatever people type comes out of every sheet as they typed it, or is said by name."""

import io
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pointsbank import sheets
from pointsbank.printing import Fonts
from pointsbank.sheets.base import Sheet
from pointsbank.text import Replaceable
from tests.printing.fontfile import JOINING, MONGOLIAN, POLLARD, TIBETAN, UIGHUR, made_font
from tests.printing.reading import squeezed, text_of
from tests.sheets.onpaper import RARE, OneCut
from tests.sheets.retyping import retyped
from tests.sheets.test_every_sheet import names_in

every = pytest.mark.parametrize("sheet", sheets.every(), ids=lambda sheet: sheet.name)

MARKUP = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<br/>",
        "&amp;",
        "&lt",
        "&#9;",
        "<para>",
        "<img/>",
        "<a x=y>",
        "{0}",
        "%s",
        "\\",
        "(",
        "]]>",
    ]
)


def layers(sheet: Sheet[Any], value: Any, fonts: Fonts) -> list[str]:
    """The text layers of a print, and of the picture that some sheets have, without their white space."""
    drawn = []
    for as_picture in [False, True][: 1 + (sheet.draw_picture is not None)]:
        out = io.BytesIO()
        sheet.render(value, fonts=fonts, out=out, as_picture=as_picture)
        drawn.append(squeezed(text_of(out.getvalue(), as_drawn=True)))
    return drawn


@every
def test_rare_characters_and_what_looks_like_markup_are_printed_as_typed(
    sheet: Sheet[Any], fonts: Fonts, full: bool
) -> None:
    # Without the search for a smaller example: each try is a print.
    @settings(max_examples=20 if full else 1, phases=[Phase.generate])
    @given(st.lists(MARKUP, min_size=4, max_size=4))
    def check(marks: list[str]) -> None:
        each, typed = cycle([*marks, RARE]), {}
        # What stands in a value twice, as a meeting's title, is printed once.
        value = retyped(
            sheet.example(12), lambda text: typed.setdefault(text, next(each) + text), also_plain=True
        )
        [text, *_] = layers(sheet, value, fonts)

        assert sheet.legible(value, fonts=fonts) == (value, ())
        lines = [line for one in typed.values() for line in one.splitlines()]
        assert lines and [line for line in lines if squeezed(line) not in text] == []

    check()


@pytest.fixture(scope="module")
def tempting_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A font of the village's own that has outlines for letters that join."""
    return made_font(tmp_path_factory.mktemp("own") / "own.ttf")


@every
def test_letters_that_join_stop_no_sheet_and_are_never_set_one_by_one(
    sheet: Sheet[Any], fonts: Fonts, tempting_font: Path
) -> None:
    tempting = OneCut(fonts.cache, [tempting_font])
    scripts = cycle([UIGHUR, TIBETAN, MONGOLIAN, POLLARD])
    value = retyped(sheet.example(3), lambda text: next(scripts) + text)
    texts = layers(sheet, value, tempting)
    drawable, undrawn = sheet.legible(value, fonts=tempting)

    assert [one for one in JOINING if any(one in text for text in texts)] == []
    replaced = [one.instead for one in undrawn if one.instead.startswith("户号")]
    assert replaced or not list(names_in(value))
    assert all(instead in texts[0] for instead in replaced)
    assert all("连写" in str(one) for one in undrawn)
    assert undrawn or value == sheet.example(3)
    assert sheet.legible(drawable, fonts=tempting) == (drawable, ())


FIRM = "中国邮政储蓄银行股份有限公司茶源县支行"
GROUP = "第十二村民小组（上湾自然村）"


@pytest.mark.parametrize("name", ["notice", "correction", "cardlist", "oversight", "year_end"])
def test_a_long_name_goes_on_below_and_is_neither_cut_nor_too_small(name: str, fonts: Fonts) -> None:
    sheet = sheets.find(name)
    value = retyped(sheet.example(4), lambda text: FIRM if isinstance(text, Replaceable) else text)
    if name == "correction":
        value = replace(value, entries=tuple(replace(one, group=GROUP) for one in value.entries))
    out = io.BytesIO()
    sheet.render(value, fonts=fonts, out=out)
    sizes: dict[str, list[float]] = {}
    for page in pypdfium2.PdfDocument(out.getvalue()):
        text = page.get_textpage()
        for place, character in enumerate(text.get_text_range()):
            size = pypdfium2.raw.FPDFText_GetFontSize(text, place)
            sizes.setdefault(character, []).append(round(size, 2))

    assert squeezed(text_of(out.getvalue(), as_drawn=True)).count(FIRM) == len(list(names_in(value)))
    assert min(size for one in "邮储蓄银" for size in sizes[one]) >= 9
    assert max(size for one in "邮储蓄银" for size in sizes[one]) <= 10.5
