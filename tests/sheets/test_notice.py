"""The notice of scores: every line stands on it once, every page says which it is, the last one is sealed."""

from dataclasses import replace
from datetime import date

import pytest

from pointsbank.points import Points
from pointsbank.printing import Fonts
from pointsbank.publicity import PublicEntry
from pointsbank.sheets import correction
from pointsbank.sheets.notice import example
from tests.printing.reading import page_count, squeezed, text_of
from tests.sheets.prints import printed

NOTICE = example(0)


def notice(count: int, fonts: Fonts) -> bytes:
    """A notice of so many lines, the example's names in turn."""
    return printed(example(count), fonts)


@pytest.mark.parametrize("by_entry", [False, True])
@pytest.mark.parametrize("count", [1, 20, 27, 28, 29, 60, 61, 62, 63, 150])
def test_every_line_stands_on_the_notice_once(fonts: Fonts, count: int, by_entry: bool) -> None:
    words = squeezed(text_of(printed(replace(example(count), by_entry=by_entry), fonts)))

    assert [n for n in range(count) if words.count(f"善行之{n}号") != 1] == []


@pytest.mark.parametrize("count", [0, 5, 28, 60, 61, 62, 63, 64])
def test_the_last_page_has_the_seal_and_the_way_to_object(fonts: Fonts, count: int) -> None:
    pdf = notice(count, fonts)
    words = text_of(pdf, page=page_count(pdf))

    for part in ("（盖章）", "茶源村村民委员会", "2026年9月26日", "有异议怎么办", "0596-7654321"):
        assert part in words


def test_every_page_says_which_of_how_many_it_is_and_until_when_the_notice_hangs(fonts: Fonts) -> None:
    pdf = notice(100, fonts)
    pages = page_count(pdf)

    assert pages > 2
    for page in range(1, pages + 1):
        assert f"第{page}页 共{pages}页" in text_of(pdf, page=page)
        assert "2026年9月26日至2026年9月29日" in text_of(pdf, page=page)


@pytest.mark.parametrize("count", [20, 27, 28, 60, 61])
def test_the_last_page_carries_lines_besides_the_seal(fonts: Fonts, count: int) -> None:
    pdf = notice(count, fonts)

    assert "善行之" in text_of(pdf, page=page_count(pdf))


def test_a_notice_without_scores_says_so(fonts: Fonts) -> None:
    assert "本次没有需要公示的评分" in text_of(notice(0, fonts))


def test_what_hangs_is_named_by_what_it_is(fonts: Fonts) -> None:
    results, corrected = (text_of(printed(value, fonts)) for value in (example(2), correction.example(2)))

    assert "现将评议结果予以公示" in results and "更正" not in results
    assert "现将评分更正予以公示" in corrected and "评议结果" not in corrected


def test_plus_and_minus_are_told_apart(fonts: Fonts) -> None:
    entries = tuple(
        PublicEntry(1, "王*", "一组", "条目", date(2026, 9, 3), Points(amount), late=True, contested=False)
        for amount in (550, -225, 0)
    )
    for by_entry in (False, True):
        text = text_of(printed(replace(NOTICE, entries=entries, by_entry=by_entry), fonts))

        for part in ("+5.5", "-2.25", "补录"):
            assert part in text
