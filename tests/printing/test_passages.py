"""Sentences in a column: broken as Chinese print does, at any width, and drawn where they were measured."""

import io
import re

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pointsbank import printing
from pointsbank.printing import (
    BOLD,
    REGULAR,
    Fonts,
    FontSet,
    Paper,
    Passage,
    fitted,
    size_in,
)
from pointsbank.printing.breaking import lines_of, parts_of
from pointsbank.printing.fitting import size_read_from
from tests.printing.reading import squeezed, text_of

MAY_NOT_BEGIN = "，。、；：？！》）”’…—～％/"
MAY_NOT_END = "《（“‘￥/"
WHOLE = re.compile(
    r"[+-]?[0-9]+(?:[.,:][0-9]+)*(?:%|分|元|年|户|公斤|个月)?|[A-Za-z]{2,}|……|——|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
)
SENTENCES = st.lists(
    st.one_of(
        st.sampled_from("村民参加清扫美丽庭院评比互助邻里红白事简办户长讨论"),
        st.sampled_from([*MAY_NOT_BEGIN, *MAY_NOT_END, " ", " ，", "《 ", "……", "——"]),
        st.sampled_from(["元/包", "3～5分", "Excel 表", "村BA", "王*国", "第3条", "12公斤", "9月8日"]),
        st.integers(0, 99_999).map(lambda number: f"{number}分"),
        st.floats(-999, 999).map(lambda number: f"{number:+.2f}元"),
        st.integers(0, 100).map(lambda number: f"{number}%"),
        st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
        st.times().map(lambda time: f"{time:%H:%M}"),
    ),
    min_size=12,
    max_size=60,
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


@settings(max_examples=300)
@given(text=SENTENCES, width=st.integers(8, 24))
@example(text="每包3.50元/包，共128.5分。", width=8)
def test_no_line_has_a_fault_but_where_one_word_is_wider_than_the_line(text: str, width: int) -> None:
    lines = [line.text for line in lines_of(text, width=width, measure=wide)]

    assert squeezed("".join(lines)) == squeezed(text)
    assert all(wide(line) <= width + 1e-6 for line in lines)
    if all(wide(part.rstrip()) <= width for part in parts_of(text)):
        assert faults(lines, text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("得+12.5分，满分100分", "得|+12.5分，|满|分|100分"),
        ("于2026年9月8日8时30分到场", "于|2026年9月8日|8时30分|到|场"),
        ("（￥3.50元/包）", "（￥3.50元/包）"),
        ("约3～5天、5至10个月", "约|3～5天、|5至10个月"),
        ("《细则》第3条——“好”", "《细|则》|第3条——|“好”"),
        ("谢谢……大家 ！", "谢|谢……|大|家 ！"),
        ("王*国、买买提·艾力", "王*国、|买|买|提·|艾|力"),
        ("用 Excel 表，No.12号", "用 |Excel |表，|No.12号"),
        ("（ 一 ）", "（ 一 ）"),
        ("每户10%以上", "每|户|10%|以|上"),
        ("温度-5℃", "温|度|-5℃"),
        ("䶮𬱖犇。", "䶮|𬱖|犇。"),
    ],
)
def test_a_line_may_end_between_these_parts_only(text: str, parts: str) -> None:
    assert parts_of(text) == parts.split("|")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("见https://cunwu.example/v/2026-09/board", 12, "见https://cunwu.|example/v/2026-09/|board"),
        ("账号62284800123456789012", 8, "账号6228480012|3456789012"),
        ("（第2026年9月8日）", 6, "（第2026年|9月8日）"),
        ("参加村里清扫活动了。", 9, "参加村里清扫活|动了。"),
    ],
)
def test_what_is_wider_than_a_line_is_cut_where_it_harms_least(text: str, width: int, lines: str) -> None:
    assert [line.text for line in lines_of(text, width=width, measure=wide)] == lines.split("|")


def drawn(passages: list[Passage], case: FontSet) -> bytes:
    """A page with these passages one below the other, 20 mm from the left."""
    out, y = io.BytesIO(), 20.0
    paper = Paper(out, case, width=210, height=297, title="段落")
    for passage in passages:
        y = passage.draw(paper, 20, y) + 5
    paper.turn()
    paper.finish()
    return out.getvalue()


WORDS = "茶源村2026年9月8日评比“美丽庭院”，每户得+12.5分，奖励洗衣粉2袋（3.50元/包）；详见《积分细则》第3条。"


def test_a_passage_fills_its_lines_and_no_more(fonts: Fonts) -> None:
    with fonts.opened([WORDS]) as case:
        passage = Passage(case, WORDS, width=60, size=12, leading=1.5)
        widths = [case.width(line, REGULAR, 12) * 25.4 / 72 for line in passage.lines]
        text = text_of(drawn([passage], case))

    assert max(widths) <= 60 and min(widths[:-1]) > 60 - 6 * 12 * 25.4 / 72
    assert passage.height == pytest.approx(len(passage.lines) * 18 * 25.4 / 72)
    assert [line.strip() for line in text.splitlines() if line.strip()] == passage.lines


def test_what_looks_like_markup_is_printed_as_it_was_typed(fonts: Fonts) -> None:
    words = '<b>王</b>&amp;<img src="/etc/x"/><para>&#x738b;</para><br/>&lt;'
    with fonts.opened([words]) as case:
        passages = [Passage(case, words, width=wide, size=12) for wide in (20, 40, 150)]
        text = squeezed(text_of(drawn(passages, case)))

    assert text.count(squeezed(words)) == 3


def test_a_justified_line_ends_at_the_edge_and_reads_without_gaps(fonts: Fonts) -> None:
    with fonts.opened([WORDS]) as case:
        passage = Passage(case, WORDS, width=98, size=12, justified=True)
        pdf = drawn([passage], case)
    [page] = pypdfium2.PdfDocument(pdf)
    text = page.get_textpage()
    edges = [text.get_rect(place)[2] * 25.4 / 72 for place in range(text.count_rects())]

    assert max(edges) == pytest.approx(20 + 98, abs=0.6)
    assert [line.strip() for line in text_of(pdf).splitlines() if line.strip()] == passage.lines


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_passage_cut_short_says_so_and_cuts_no_figure(fonts: Fonts, lines: int) -> None:
    with fonts.opened([WORDS, "…"]) as case:
        for width in range(24, 70):
            passage = Passage(case, WORDS, width=width, size=12, lines=lines)
            *before, last = passage.lines
            kept = "".join([*before, last.removesuffix("…")])

            assert len(passage.lines) == lines and last.endswith("…") and passage.is_shortened
            assert WORDS.startswith(kept)
            assert not (kept[-1:].isdigit() and WORDS[len(kept)] in "0123456789.年月日分袋元"), width
            assert case.width(last, REGULAR, 12) * 25.4 / 72 <= width


def test_a_passage_goes_on_where_there_is_more_space(fonts: Fonts) -> None:
    with fonts.opened([WORDS]) as case:
        passage = Passage(case, WORDS, width=40, size=12)
        first, rest = passage.split(17)

        assert rest is not None and first.height <= 17 < first.height + 6
        assert first.lines + rest.lines == passage.lines
        assert passage.split(passage.height) == (passage, None)
        assert len(passage.split(0)[0].lines) == 1


def test_long_words_are_set_smaller_down_to_nine_points_and_then_refused(fonts: Fonts) -> None:
    with fonts.opened([WORDS]) as case:
        place = {"width": 60, "size": 20}
        heights = {
            size: fitted(case, WORDS, height=height, **place).height for size, height in ((20, 80), (9, 17))
        }

        assert heights[20] > 40 and heights[9] <= 17
        with pytest.raises(printing.problems.TextTooLong, match="茶源村2026"):
            fitted(case, WORDS, height=7, **place)
        assert size_in(case, "茶源村", width=60, size=20) == 20
        assert size_in(case, "茶源村" * 5, width=60, size=20) == pytest.approx(60 / 15 * 72 / 25.4)
        assert size_in(case, WORDS, width=60, size=20) is None


def test_capitals_are_four_millimetres_high_for_each_metre(fonts: Fonts) -> None:
    with fonts.opened(["H"]) as case:
        size = size_read_from(case, 2, weight=BOLD)
        pdf = drawn([Passage(case, "H", width=40, size=size, weight=BOLD)], case)
    [page] = pypdfium2.PdfDocument(pdf)
    picture = page.render(scale=10, grayscale=True).to_pil().point(lambda value: 255 - value)
    _, top, _, bottom = picture.getbbox()

    assert (bottom - top) / 10 * 25.4 / 72 == pytest.approx(8, abs=0.2)


def test_figures_stand_below_each_other(fonts: Fonts) -> None:
    figures = "0123456789"
    with fonts.opened([figures]) as case:
        assert {round(case.width(one, weight, 10), 3) for weight in (REGULAR, BOLD) for one in figures} == {
            round(case.width("0", weight, 10), 3) for weight in (REGULAR, BOLD)
        }
