"""The poster: everything the village has to be told stands on it once, whatever the number of entries."""

import io
from collections import Counter
from dataclasses import replace

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pointsbank.printing import Fonts
from pointsbank.printing.fitting import size_read_from
from pointsbank.sheets.poster.examples import anchor
from pointsbank.sheets.poster.values import Poster
from tests.printing.reading import codes_on, fonts_of, page_count, squeezed, text_of
from tests.sheets.months import DIGITS, EARLIER, POSTER, black, groups, poster, red
from tests.sheets.prints import printed

SAID = """
茶源村2026年9月文明积分红黑榜 户均荣誉积分 公示期2026年10月9日至2026年10月15日 投诉电话0596-7654321
请到村务监督委员会提出。 依据《茶源村积分细则》公布如下。 茶源村村民委员会 （盖章） 2026年10月9日
1149户 28743.5分 9860分 412件 51200.25分 3条 1条
"""


def text(value: Poster, fonts: Fonts) -> str:
    return squeezed(text_of(printed(value, fonts)))


def printed_once(value: Poster, fonts: Fonts) -> bool:
    """Whether each entry of each board stands on the poster exactly once."""
    words = text(value, fonts)
    marks = [f"善行之{place}号" for place in range(1, len(value.red) + 1)]
    marks += [f"乱堆之{place}号" for place in range(1, len(value.black or ()) + 1)]
    marks += [f"第{place}小组" for place in range(1, len(value.groups) + 1)]
    return Counter(mark for mark in marks for _ in range(words.count(mark))) == Counter(marks)


def test_an_ordinary_month_stands_on_one_page(fonts: Fonts) -> None:
    assert page_count(printed(POSTER, fonts)) == 1
    assert printed_once(POSTER, fonts)


@pytest.mark.parametrize("words", SAID.split())
def test_the_poster_says(fonts: Fonts, words: str) -> None:
    assert words in text(POSTER, fonts)


def test_the_anchor_is_there_for_the_eye_and_for_the_phone(fonts: Fonts) -> None:
    pdf = printed(POSTER, fonts)

    assert [code.text for code in codes_on(pdf)] == [POSTER.anchor.code]
    assert "04821 39577 20194 83756 10293 84756" in text_of(pdf)
    assert squeezed(text_of(pdf)).count(DIGITS) == 1


def test_the_digits_of_earlier_months_stand_below(fonts: Fonts) -> None:
    assert f"2026年8月{EARLIER}" in text(POSTER, fonts)


@pytest.mark.parametrize("count", [0, 4, 6])
def test_the_digits_of_so_many_earlier_months_are_printed(fonts: Fonts, count: int) -> None:
    earlier = tuple(anchor(f"2026-0{month}", int(EARLIER)) for month in range(1, count + 1))

    assert text(poster(earlier=earlier), fonts).count(EARLIER) == count


def test_without_a_resolution_the_poster_does_not_speak_of_a_black_board(fonts: Fonts) -> None:
    assert "黑榜" not in text(poster(black=None), fonts)
    assert "文明积分红榜" in text(poster(black=None), fonts)


def test_a_black_board_on_which_nobody_stands_says_so(fonts: Fonts) -> None:
    assert "黑榜" in text(poster(black=()), fonts)
    assert "本月无上榜名单" in text(poster(black=()), fonts)


def test_a_listing_on_the_black_board_shows_rule_fact_and_the_day_it_comes_down(fonts: Fonts) -> None:
    words = text(POSTER, fonts)

    for part in ("赵*", "村规民约第八条", "乱堆之1号", "公布至2026年10月31日", "2026年8月首次公布"):
        assert part in words


def test_a_month_without_red_entries_invites_people(fonts: Fonts) -> None:
    assert "本月暂无上榜名单" in text(poster(red=()), fonts)


@pytest.mark.parametrize(
    ("entries", "listings"),
    [(0, None), (0, 0), (0, 7), (1, 1), (3, 0), (11, 1), (24, None), (24, 7), (60, 1), (200, 7)],
)
def test_every_entry_stands_on_the_poster_once(fonts: Fonts, entries: int, listings: int | None) -> None:
    value = poster(red=red(entries), black=None if listings is None else black(listings))

    assert printed_once(value, fonts)


@pytest.mark.parametrize("count", [0, 1, 3, 40, 90])
def test_every_group_stands_on_the_poster_once(fonts: Fonts, count: int) -> None:
    assert printed_once(poster(groups=groups(count)), fonts)


def test_pages_of_a_long_poster_are_counted(fonts: Fonts) -> None:
    pdf = printed(poster(red=red(60)), fonts)

    assert page_count(pdf) == 3
    assert "第2页 共3页" in text_of(pdf, page=2)
    assert "（续）" in text_of(pdf, page=2)


@pytest.mark.parametrize("name", ['<img src="/etc/hostname"/>', "<para><b>x", "{{7*7}}", "&lt;b&gt;", "𬭎𬱖"])
def test_untrusted_texts_print_as_they_read(fonts: Fonts, name: str) -> None:
    entry = type(POSTER.red[0])(1, name, name, POSTER.red[0].points, name)
    listing = type(black(1)[0])(name, name, name, name, POSTER.publicity_from)
    value = poster(
        village=name, red=(entry,), black=(listing,), basis=name, objection_channel=name, hotline=name
    )

    assert text(value, fonts).count(squeezed(name)) >= 11


def test_a_reason_as_long_as_a_letter_ends_in_dots(fonts: Fonts) -> None:
    entry = type(POSTER.red[0])(1, "王建国", "一组", POSTER.red[0].points, "助人为乐" * 200)

    assert page_count(printed(poster(red=(entry,)), fonts)) == 1
    assert "…" in text(poster(red=(entry,)), fonts)


def test_equal_posters_are_equal_bytes(fonts: Fonts) -> None:
    assert printed(POSTER, fonts) == printed(POSTER, fonts)


def test_the_poster_carries_its_fonts_and_no_others(fonts: Fonts) -> None:
    lines = fonts_of(printed(POSTER, fonts))

    assert {line.split()[0].partition("+")[2].partition("-")[0] for line in lines} == {"NotoSansSC"}


both = pytest.mark.parametrize("on_a4", [False, True])


def letters(pdf: bytes) -> list[tuple[str, float]]:
    """Every run of letters on a print with its size in points."""
    return [
        (squeezed(run.extract()), run.get_font_size())
        for page in pypdfium2.PdfDocument(pdf)
        for run in page.get_objects(textpage=page.get_textpage())
        if isinstance(run, pypdfium2.PdfTextObj)
    ]


@both
def test_the_first_ten_are_read_from_two_metres_and_nothing_is_set_in_less_than_nine_points(
    fonts: Fonts, on_a4: bool
) -> None:
    entries = tuple(
        replace(entry, name=f"甲乙{place:02}", reason=f"丙丁{place:02}")
        for place, entry in enumerate(red(14))
    )
    runs = letters(printed(poster(red=entries, black=black(3), on_a4=on_a4), fonts))
    sizes = {words: size for words, size in runs if words[:2] in ("甲乙", "丙丁")}

    with fonts.opened(["甲"]) as case:
        near, far = (max(size_read_from(case, metres), least) for metres, least in ((2, 32), (1.2, 9)))
    assert all(sizes[f"甲乙{place:02}"] >= near for place in range(10))
    assert all(sizes[f"甲乙{place:02}"] >= far for place in range(10, 14))
    assert all(sizes[f"丙丁{place:02}"] >= 18 for place in range(10))
    assert min(size for _, size in runs) >= 9


@both
@pytest.mark.parametrize("length", [2, 15, 40])
def test_no_words_lie_over_others_however_long_they_are(fonts: Fonts, on_a4: bool, length: int) -> None:
    entries = tuple(
        replace(one, name="艾" * length, group="组" * length, reason="善" * 60) for one in red(13)
    )
    entries += tuple(replace(one, kind="奖" * length) for one in entries[:2])
    listings = tuple(replace(one, name="艾" * length, fact="堆" * 100, rule="条" * 100) for one in black(3))
    value = poster(
        red=entries,
        black=listings,
        groups=tuple(replace(one, name="组" * length) for one in groups(20)),
        earlier=tuple(anchor(f"2026-0{month}", int(EARLIER)) for month in range(1, 7)),
        objection_channel="请到村务监督委员会提出。" * 5,
        on_a4=on_a4,
    )

    pdf = printed(value, fonts)
    assert [pair for page in pypdfium2.PdfDocument(pdf) for pair in overlapping(page)] == []
    assert min(size for _, size in letters(pdf)) >= 9
    assert "".join(words for words, _ in letters(pdf)).count("艾" * length) >= len(entries)


def overlapping(page: pypdfium2.PdfPage) -> list[tuple[str, str]]:
    """Which runs of letters lie over others on a page."""
    runs = [
        run for run in page.get_objects(textpage=page.get_textpage()) if isinstance(run, pypdfium2.PdfTextObj)
    ]
    boxes = [(run.extract(), run.get_bounds()) for run in runs]
    return [
        (words, others)
        for place, (words, one) in enumerate(boxes)
        for others, other in boxes[place + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    ]


def test_words_that_lie_over_others_are_seen() -> None:
    out = io.BytesIO()
    paper = Canvas(out)
    paper.drawString(50, 50, "above")
    paper.drawString(60, 52, "below")
    paper.showPage()
    paper.save()

    assert overlapping(pypdfium2.PdfDocument(out.getvalue())[0])


@pytest.mark.parametrize("entries", [0, 1, 12, 60])
def test_on_small_paper_every_entry_stands_once_and_the_code_on_the_last_sheet(
    fonts: Fonts, entries: int
) -> None:
    value = poster(red=red(entries), black=black(2), on_a4=True)
    pdf = printed(value, fonts)

    assert printed_once(value, fonts)
    assert [code.text for code in codes_on(pdf)] == [POSTER.anchor.code]
    assert DIGITS[:5] in text_of(pdf, page=page_count(pdf))
