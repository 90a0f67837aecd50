"""Sentences in a column: no line begins with a mark that ends a clause, at any width."""

import pytest

from pointsbank.printing import BOLD, REGULAR, Fonts, Passage

MARKS = "，、。；：！？）”’"


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
@pytest.mark.parametrize("mark", MARKS)
def test_no_line_begins_with_a_mark(fonts: Fonts, mark: str, weight: int) -> None:
    words = f"参加村里集中清扫{mark}每次三分"
    with fonts.opened([words]) as case:
        for width in range(14, 42):
            passage = Passage(case, words, width=width, size=10, weight=weight)
            assert [line for line in lines_of(passage) if line.startswith(mark)] == [], width


def lines_of(passage: Passage) -> list[str]:
    """The lines as they were broken."""
    broken = passage._paragraph.blPara.lines
    return [
        "".join(line[1] if isinstance(line, tuple) else [one.text for one in line.words]) for line in broken
    ]
