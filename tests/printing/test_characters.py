"""Every character of the state's table (通用规范汉字表, 2013) prints, and can be searched and copied."""

import io
from pathlib import Path

import pytest

from pointsbank.printing import BOLD, REGULAR, Fonts, Paper, Passage
from tests.printing.reading import fonts_of, squeezed, text_of

TABLE = squeezed((Path(__file__).parent / "standard_characters.txt").read_text("utf-8"))
"""Its 8,105 characters in their order, as Unicode's Unihan database has them (kTGH, Unicode 14)."""

RARE = "䶮㛃𬱖犇堃买买提·艾力"


def test_the_table_is_whole_and_every_character_of_it_has_an_outline(fonts: Fonts) -> None:
    assert len(TABLE) == len(set(TABLE)) == 8105
    assert fonts.lacking(TABLE + RARE) == ""


@pytest.mark.parametrize("weight", [REGULAR, pytest.param(BOLD, marks=pytest.mark.full)])
@pytest.mark.parametrize("every", [25, pytest.param(1, marks=pytest.mark.full)])
def test_they_are_copied_out_of_a_print_as_they_were_typed(fonts: Fonts, every: int, weight: int) -> None:
    beyond = [one for one in TABLE if one > "\uffff"]
    words = RARE + "".join(dict.fromkeys([*TABLE[::every], *beyond]))
    out = io.BytesIO()
    with fonts.opened([words]) as case:
        paper = Paper(out, case, width=210, height=9000, title="字表")
        Passage(case, words, width=180, size=9, weight=weight).draw(paper, 15, 10)
        paper.turn()
        paper.finish()

    # A subset of a font has 256 places at most: these fill several.
    assert len(fonts_of(out.getvalue())) >= 3
    assert squeezed(text_of(out.getvalue())) == words
