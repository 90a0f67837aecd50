"""Sheets of cards: every code reads, every name stands there as it is written, every card can be cut."""

import io
import os
import tracemalloc

import pytest

from pointsbank import printing
from pointsbank.printing import CardFace, Fonts, cards_pdf
from tests.printing.faces import NAMES, face, faces, printed
from tests.printing.reading import DPI, codes_on, fonts_of, page_count, squeezed, text_of

MARKUP = ['<img src="/etc/hostname"/>', "<para><b>x", "{{7*7}}", "&amp;", "=HYPERLINK(1)"]


def test_every_code_reads_from_a_150_dpi_picture(fonts: Fonts) -> None:
    cards = faces(30)

    assert sorted(code.text for code in codes_on(printed(cards, fonts))) == sorted(c.content for c in cards)


def test_a_code_is_at_least_30_millimetres_wide(fonts: Fonts) -> None:
    corners = codes_on(printed([face()], fonts))[0].position
    width = (corners.top_right.x - corners.top_left.x) / DPI * 25.4

    assert width == pytest.approx(34, abs=0.5)


def test_every_name_can_be_searched_in_the_print(fonts: Fonts) -> None:
    text = squeezed(text_of(printed(faces(len(NAMES)), fonts)))

    assert [name for name in NAMES if squeezed(name) not in text] == []


def test_a_card_says_what_it_is_and_where_to_bring_it_when_found(fonts: Fonts) -> None:
    text = text_of(printed([face(number=3)], fonts))

    for words in ("茶源村", "积分卡", "第1村民小组", "拾到请交村委会", "0596-1234567"):
        assert words in text
    assert face(number=3).number in squeezed(text)


@pytest.mark.parametrize("number", ["123456789012", "1234 5678 9012"])
def test_a_card_number_is_printed_in_groups(fonts: Fonts, number: str) -> None:
    card = CardFace("茶源村", "王建国", "一组", face().content, number)

    assert "1234 5678 9012" in text_of(printed([card], fonts))


def test_a_card_without_a_phone_says_where_to_show_it(fonts: Fonts) -> None:
    card = face()
    quiet = type(card)(card.village, card.household, card.group, card.content, card.number)

    assert "到文明超市请出示本卡" in text_of(printed([quiet], fonts))


@pytest.mark.parametrize(
    "name", ['<img src="/etc/hostname"/>', "<para><b>x", "{{7*7}}", "&amp;", "=HYPERLINK(1)"]
)
def test_a_name_that_looks_like_markup_prints_as_it_reads(fonts: Fonts, name: str) -> None:
    assert squeezed(name) in squeezed(text_of(printed([face(name * 2)], fonts)))


def test_ten_cards_stand_on_a_sheet(fonts: Fonts) -> None:
    assert page_count(printed(faces(10), fonts)) == 1
    assert page_count(printed(faces(11), fonts)) == 2


def test_no_cards_make_one_blank_sheet(fonts: Fonts) -> None:
    assert page_count(printed([], fonts)) == 1


def test_equal_cards_give_equal_bytes(fonts: Fonts) -> None:
    assert printed(faces(12), fonts) == printed(faces(12), fonts)


def test_every_font_is_embedded_and_has_its_character_map(fonts: Fonts) -> None:
    lines = fonts_of(printed(faces(3), fonts))

    assert lines
    assert all(line.split()[3:6] == ["yes", "yes", "yes"] for line in lines)


def test_one_long_address_among_many_writes_nothing(fonts: Fonts) -> None:
    out = io.BytesIO()

    with pytest.raises(printing.problems.CodeTooLong):
        cards_pdf([*faces(11), face(address="https://" + "a" * 60)], fonts=fonts, out=out)

    assert out.getvalue() == b""


def test_one_name_nobody_can_draw_writes_nothing(fonts: Fonts) -> None:
    out = io.BytesIO()

    with pytest.raises(printing.problems.GlyphsMissing):
        cards_pdf([*faces(11), face("王\ue000")], fonts=fonts, out=out)

    assert out.getvalue() == b""


@pytest.mark.slow
def test_a_thousand_cards_take_less_than_a_megabyte(fonts: Fonts) -> None:
    assert len(printed(faces(1000), fonts)) <= 1_000_000


def test_further_sheets_leave_next_to_nothing_in_memory(fonts: Fonts) -> None:
    printed(faces(10), fonts)

    assert peak(faces(210), fonts) - peak(faces(10), fonts) <= 200 * 1000


def peak(cards: list[CardFace], fonts: Fonts) -> int:
    """The most memory held while these cards go out to nowhere."""
    tracemalloc.start()
    with open(os.devnull, "wb") as nowhere:
        cards_pdf(cards, fonts=fonts, out=nowhere)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held
