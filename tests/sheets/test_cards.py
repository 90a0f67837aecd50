"""Sheets of cards: every code reads, every name stands there as it is written, every card can be cut."""

import io
import os
import re
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from pointsbank import law, sheets
from pointsbank.law import Use
from pointsbank.printing import Fonts, problems
from pointsbank.sheets.cards import CardFace, Cards, face
from pointsbank.sheets.cards.values import back
from pointsbank.staff import Permission
from tests.printing.reading import DPI, codes_on, fonts_of, page_count, squeezed, text_of
from tests.sheets.prints import NAMES, cards_of, faces, printed

MARKUP = ['<img src="/etc/hostname"/>', "<para><b>x", "{{7*7}}", "&amp;", "=HYPERLINK(1)"]


def test_every_code_reads_from_a_150_dpi_picture(fonts: Fonts) -> None:
    cards = faces(30)

    assert sorted(code.text for code in codes_on(cards_of(*cards, fonts=fonts))) == sorted(
        c.content for c in cards
    )


def test_a_code_is_at_least_30_millimetres_wide(fonts: Fonts) -> None:
    corners = codes_on(cards_of(face(), fonts=fonts))[0].position
    width = (corners.top_right.x - corners.top_left.x) / DPI * 25.4

    assert width == pytest.approx(34, abs=0.5)


@pytest.mark.parametrize("second", ["", "Bouxcuengh Cazyenz Cunh"])
def test_the_longest_names_find_space_on_a_card(fonts: Fonts, second: str) -> None:
    names = [
        one[:60] for one in ("中国邮政储蓄银行股份有限公司支行" * 4, "（甲）·" * 15, "W" * 60, "买买提·" * 15)
    ]
    heading = law.clear(second, Use.HEADING)
    cards = [replace(face(name), second=heading) for name in names]
    text = squeezed(text_of(cards_of(*cards, fonts=fonts), as_drawn=True))

    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("plates", [False, True])
def test_a_name_longer_than_there_is_space_stops_no_card(fonts: Fonts, plates: bool) -> None:
    assert "…" in text_of(printed(Cards((face("茶源" * 120),), plates=plates), fonts))


def test_a_name_of_sixty_characters_stands_whole_on_a_plate(fonts: Fonts) -> None:
    names = ["中国邮政储蓄银行股份有限公司" * 4 + "茶源支行", "W" * 60]
    pdf = printed(Cards(tuple(map(face, names)), plates=True), fonts)
    text = squeezed(text_of(pdf, as_drawn=True))

    assert [name for name in names if name not in text] == []
    assert len(codes_on(pdf)) == 2


def test_every_name_can_be_searched_in_the_print(fonts: Fonts) -> None:
    text = squeezed(text_of(cards_of(*faces(len(NAMES)), fonts=fonts)))

    assert [name for name in NAMES if squeezed(name) not in text] == []


def test_a_card_says_what_it_is_and_where_to_bring_it_when_found(fonts: Fonts) -> None:
    text = text_of(cards_of(face(number=3), fonts=fonts))

    for words in ("茶源村", "积分卡", "第1村民小组", "拾到请交村委会", "0596-1234567"):
        assert words in text
    assert face(number=3).number in text


def test_a_card_without_a_phone_says_where_to_show_it(fonts: Fonts) -> None:
    card = face()
    quiet = type(card)(card.village, card.household, card.group, card.content, card.number)

    assert "到文明超市请出示本卡" in text_of(cards_of(quiet, fonts=fonts))


@pytest.mark.parametrize(
    "name", ['<img src="/etc/hostname"/>', "<para><b>x", "{{7*7}}", "&amp;", "=HYPERLINK(1)"]
)
def test_a_name_that_looks_like_markup_prints_as_it_reads(fonts: Fonts, name: str) -> None:
    assert squeezed(name) in squeezed(text_of(cards_of(face(name * 2), fonts=fonts)))


def test_ten_cards_stand_on_a_sheet(fonts: Fonts) -> None:
    assert page_count(cards_of(*faces(10), fonts=fonts)) == 1
    assert page_count(cards_of(*faces(11), fonts=fonts)) == 2


def test_the_rule_in_the_margin_is_100_millimetres_long_and_viewers_are_asked_not_to_scale(
    fonts: Fonts,
) -> None:
    pdf = cards_of(*faces(11), fonts=fonts)
    document = pypdfium2.PdfDocument(pdf)
    picture = document[1].render(scale=DPI / 72, grayscale=True).to_pil()
    # Below the crop marks, and between the words on both sides.
    left, right = (round(x / 25.4 * DPI) for x in (52, 157))
    rows = [
        [x for x in range(left, right) if picture.getpixel((x, y)) < 200]
        for y in range(round(290.8 / 25.4 * DPI), round(293 / 25.4 * DPI))
    ]
    longest = max(rows, key=len)
    length = (longest[-1] - longest[0]) / DPI * 25.4

    assert length == pytest.approx(100, abs=0.5)
    assert "100毫米" in squeezed(text_of(pdf, page=2)) and "第2页共2页" in squeezed(text_of(pdf, page=2))
    assert re.search(rb"/PrintScaling\s*/None", pdf)


def test_the_list_to_hand_out_by_is_in_the_cards_order_with_its_batch_on_each_page(fonts: Fonts) -> None:
    pdf = printed(sheets.find("cardlist").example(60), fonts)
    text = squeezed(text_of(pdf, page=2))

    assert page_count(pdf) == 3
    assert "第4批" in text and "第2页共3页" in text and "内部使用" in text and "签收" in text
    assert text.index("000000030") < text.index("000000031")


def test_no_cards_make_one_blank_sheet(fonts: Fonts) -> None:
    assert page_count(cards_of(fonts=fonts)) == 1


def test_equal_cards_give_equal_bytes(fonts: Fonts) -> None:
    assert cards_of(*faces(12), fonts=fonts) == cards_of(*faces(12), fonts=fonts)


def test_every_font_is_embedded_and_has_its_character_map(fonts: Fonts) -> None:
    lines = fonts_of(cards_of(*faces(3), fonts=fonts))

    assert lines
    assert all(line.split()[3:6] == ["yes", "yes", "yes"] for line in lines)


def test_one_long_address_among_many_writes_nothing(fonts: Fonts) -> None:
    out = io.BytesIO()

    with pytest.raises(problems.CodeTooLong):
        sheets.find("cards").render(
            Cards((*faces(11), face(public_url="https://" + "a" * 60))), fonts=fonts, out=out
        )

    assert out.getvalue() == b""


def test_two_names_nobody_can_draw_stop_no_other_and_their_codes_stand_there(fonts: Fonts) -> None:
    names = ["王建国", "تۇرسۇن", "བཀྲ་ཤིས"]
    cards = Cards(tuple(face(name, number=number) for number, name in enumerate(names, start=101)))
    drawable, undrawn = sheets.find("cards").legible(cards, fonts=fonts)

    text = squeezed(text_of(printed(cards, fonts)))

    assert [(one.text, one.instead) for one in undrawn] == [(names[1], "户号0102"), (names[2], "户号0103")]
    assert "阿拉伯字母" in str(undrawn[0]) and "U+0F56" in str(undrawn[1])
    assert [one.household for one in drawable.faces] == ["王建国", "户号0102", "户号0103"]
    assert "王建国" in text and "户号0102" in text and names[1] not in text
    assert len(codes_on(printed(cards, fonts))) == 3


def test_two_of_one_masked_name_are_told_apart_by_their_codes(fonts: Fonts) -> None:
    text = squeezed(text_of(cards_of(face("王*国", number=101), face("王*国", number=102), fonts=fonts)))

    assert text.count("王*国") == 2
    assert "户号0101" in text and "户号0102" in text


@pytest.mark.slow
def test_a_thousand_cards_take_less_than_a_megabyte(plain_fonts: Fonts) -> None:
    assert len(cards_of(*faces(1000), fonts=plain_fonts)) <= 1_000_000


def test_further_sheets_leave_next_to_nothing_in_memory(fonts: Fonts) -> None:
    cards_of(*faces(10), fonts=fonts)

    assert peak(faces(210), fonts) - peak(faces(10), fonts) <= 200 * 1000


def peak(cards: tuple[CardFace, ...], fonts: Fonts) -> int:
    """The most memory held while these cards go out to nowhere."""
    tracemalloc.start()
    with open(os.devnull, "wb") as nowhere:
        sheets.find("cards").render(Cards(cards), fonts=fonts, out=nowhere)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held


def test_who_may_print_cards_may_hand_them_out() -> None:
    # One option of the sheet hands out at once what was printed.
    assert Permission.PRINT_CARDS.roles <= Permission.CARDS_ISSUE.roles


def places(pdf: bytes, words: str) -> list[list[tuple[float, float]]]:
    """Where these words stand on each page: the left edge and the foot of the first letter, in points."""
    return [list(_found(page.get_textpage(), words)) for page in pypdfium2.PdfDocument(pdf)]


def _found(text: pypdfium2.PdfTextPage, words: str) -> Iterator[tuple[float, float]]:
    search = text.search(words)
    while found := search.get_next():
        yield text.get_charbox(found[0])[:2]


def row_of(foot: float, plates: bool) -> int:
    """In which row of the sheet something stands, by its foot in points from the paper's end."""
    return int((297 - 13.5 - foot * 25.4 / 72) // (132 if plates else 54))


@pytest.mark.parametrize(("plates", "count"), [(False, 13), (True, 6)])
@pytest.mark.parametrize("first", [1, 2, 4])
def test_a_back_stands_behind_each_front(fonts: Fonts, plates: bool, count: int, first: int) -> None:
    pdf = printed(Cards(faces(count), first=first, back=back(), plates=plates), fonts)
    fronts, backs = (places(pdf, words) for words in ("茶源村", "积分怎么来"))
    middle = 210 / 2 * 72 / 25.4

    for front, behind in zip(fronts[::2], backs[1::2], strict=True):
        # Turned over its long edge, the paper has left and right changed: each back is in its front's row.
        assert len(front) == len(behind) > 0
        assert Counter((x > middle, row_of(y, plates)) for x, y in front) == Counter(
            (x < middle, row_of(y, plates)) for x, y in behind
        )
    assert sum(map(len, fronts)) == count
    assert not any(map(len, fronts[1::2])) and not any(map(len, backs[::2]))


def test_a_sheet_that_was_begun_is_used_up(fonts: Fonts) -> None:
    pdf = printed(Cards(faces(9), first=3), fonts)

    assert page_count(pdf) == 2
    assert [len(codes) for codes in places(pdf, "茶源村")] == [8, 1]


def test_a_plates_code_is_read_and_is_more_than_50_millimetres_wide(fonts: Fonts) -> None:
    pdf = printed(Cards(faces(5), plates=True), fonts)
    codes = codes_on(pdf)
    width = (codes[0].position.top_right.x - codes[0].position.top_left.x) / DPI * 25.4

    assert sorted(code.text for code in codes) == sorted(one.content for one in faces(5))
    assert page_count(pdf) == 2 and width > 50


def test_the_back_says_how_points_are_spent_and_when_the_shop_is_open(fonts: Fonts) -> None:
    open_on, always = (
        squeezed(text_of(printed(Cards(faces(1), back=back(hours, 5)), fonts), page=2))
        for hours in ("周六 09:00-11:00", "")
    )

    assert "贴出来5天" in open_on and "超市开放：周六09:00-11:00。" in open_on
    assert "超市开放" not in always
