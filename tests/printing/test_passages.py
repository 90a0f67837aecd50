"""Sentences in a column: broken as Chinese print does, at any width, and drawn where they were measured."""

import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pointsbank.printing import BOLD, REGULAR, Fonts, Paper, Passage
from pointsbank.printing.breaking import lines_of, parts_of
from tests.printing.reading import squeezed, text_of

MAY_NOT_BEGIN = "，。、；：？！》）”’…—～％/"
MAY_NOT_END = "《（“‘￥/"
WHOLE = re.compile(
    r"[+-]?[0-9]+(?:[.,:][0-9]+)*(?:%|分|元|年|户|公斤|个月)?|[A-Za-z]{2,}|……|——|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
)
SENTENCES = st.lists(
    st.one_of(
        st.sampled_from(
            "村民参加清扫美丽庭院评比互助邻里红白事简办户长讨论" + MAY_NOT_BEGIN[:-1] + MAY_NOT_END[:-1]
        ),
        st.sampled_from(
            ["元/包", "，", "。", "）", "《", "“", "——", "……", "3～5分", "Excel 表", "村BA", " ", "王*国"]
        ),
        st.integers(0, 99_999).map(lambda number: f"{number}分"),
        st.floats(-999, 999).map(lambda number: f"{number:+.2f}元"),
        st.integers(0, 100).map(lambda number: f"{number}%"),
        st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
        st.times().map(lambda time: f"{time:%H:%M}"),
        st.just("https://cunwu.example/v/chayuan/2026-09"),
    ),
    min_size=1,
    max_size=40,
).map("".join)


def wide(text: str) -> float:
    """A width as print has it: Chinese characters one, others a little more than a half."""
    return sum(1.0 if one > "\u2000" else 0.56 for one in text)


def faults(lines: list[str], text: str) -> list[str]:
    """What a reader of Chinese would mark on these lines of a text."""
    found = [f"begins: {line}" for line in lines[1:] if line[0] in MAY_NOT_BEGIN]
    found += [f"ends: {line}" for line in lines[:-1] if line[-1] in MAY_NOT_END]
    joined = " ".join(text.split())
    ends, at = set(), 0
    for line in lines:
        at += len(line)
        ends.add(at)
        at += joined[at : at + 1] == " "
    return found + [
        f"cut: {word[0]}"
        for word in WHOLE.finditer(joined)
        if ends & set(range(word.start() + 1, word.end()))
    ]


@given(text=SENTENCES, width=st.integers(6, 40))
@example(text="每包3.50元/包，共128.5分。", width=7)
def test_no_line_has_a_fault_but_where_one_word_is_wider_than_the_line(text: str, width: int) -> None:
    lines = [line.text for line in lines_of(text, width=width, measure=wide)]

    assert squeezed("".join(lines)) == squeezed(text)
    assert all(wide(line) <= width for line in lines)
    if all(wide(part.rstrip()) <= width for part in parts_of(text)):
        assert faults(lines, text) == []
