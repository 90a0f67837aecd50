"""Fonts: cut to what is printed, kept for next time, no name printed with a hole in it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from pointsbank import printing
from pointsbank.printing import BOLD, REGULAR, Fonts
from pointsbank.sheets.cards import face
from tests.printing.reading import fonts_of, text_of
from tests.sheets.prints import cards_of

RARE = "𬭎𬱖㛃堃䶮犇镕喆"
OWN = "\ue123"
KOREAN = "갂"


def test_rare_characters_can_be_searched_and_copied(fonts: Fonts) -> None:
    assert RARE in text_of(cards_of(face(RARE), fonts=fonts))


def test_a_name_nobody_can_draw_is_refused_by_name(fonts: Fonts) -> None:
    with pytest.raises(printing.problems.GlyphsMissing) as refused, fonts.opened(["王建国", f"李{OWN}明"]):
        pass

    assert refused.value.fields["names"] == [f"李{OWN}明"]
    assert OWN in refused.value.detail


def test_another_font_draws_what_the_first_one_lacks(fonts: Fonts) -> None:
    print_ = cards_of(face(f"王{KOREAN}明"), fonts=fonts)

    assert f"王{KOREAN}明" in text_of(print_)
    assert any("NotoSansKR-" in line for line in fonts_of(print_))


def test_a_font_behind_the_first_is_read_only_where_it_is_needed(tmp_path: Path) -> None:
    fonts = Fonts(tmp_path)
    fonts.files = (fonts.files[0], tmp_path / "gone.ttf")

    assert fonts.lacking("王建国") == ""
    with pytest.raises(printing.problems.FontUnusable):
        fonts.lacking(KOREAN)


def test_both_weights_stand_in_a_print_under_names_of_their_own(fonts: Fonts) -> None:
    names = [line.split()[0] for line in fonts_of(cards_of(face(), fonts=fonts))]

    assert {name.rpartition("-")[2] for name in names} == {"400", "700"}


def test_bold_is_wider_than_regular(fonts: Fonts) -> None:
    with fonts.opened(["Points"]) as case:
        assert case.width("Points", BOLD, 10) > case.width("Points", REGULAR, 10)


def test_faces_are_cut_once_and_kept(cache: Path) -> None:
    fonts = Fonts(cache)
    first = cards_of(face(), fonts=fonts)
    kept = {file: file.stat().st_mtime_ns for file in cache.iterdir()}

    assert cards_of(face(), fonts=fonts) == first
    assert {file: file.stat().st_mtime_ns for file in cache.iterdir()} == kept


def test_a_kept_face_that_was_cut_short_is_made_again(cache: Path) -> None:
    first = cards_of(face(), fonts=Fonts(cache))
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:-5000])

    assert cards_of(face(), fonts=Fonts(cache)) == first


def test_every_flipped_bit_of_a_kept_face_is_said_and_it_is_made_again(
    cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = cards_of(face(), fonts=Fonts(cache))
    for file in cache.iterdir():
        content = bytearray(file.read_bytes())
        content[len(content) * 2 // 3] ^= 16
        file.write_bytes(content)

    assert cards_of(face(), fonts=Fonts(cache)) == first
    assert "已损坏" in caplog.text


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    file = tmp_path / "a file where the directory should be"
    file.write_text("")

    assert "王建国" in text_of(cards_of(face(), fonts=Fonts(file)))


def test_a_character_that_was_not_cut_is_an_error_and_never_a_hole(fonts: Fonts) -> None:
    with fonts.opened(["王建国"]) as case, pytest.raises(KeyError):
        case.runs("李", REGULAR)


def test_what_has_no_shape_is_left_out(fonts: Fonts) -> None:
    name = "葛\U000e0100\u200d城\n王"

    with fonts.opened([name]) as case:
        assert "".join(part for _, part in case.runs(name, REGULAR)) == "葛城 王"


def test_fonts_are_forgotten_after_the_print(fonts: Fonts) -> None:
    before = set(pdfmetrics.getRegisteredFontNames())
    cards_of(face("独一无二的名字"), fonts=fonts)

    assert set(pdfmetrics.getRegisteredFontNames()) == before


def test_two_prints_at_once_do_not_mix_their_fonts(fonts: Fonts) -> None:
    names = ["赵钱孙李", "周吴郑王", "冯陈褚卫", "蒋沈韩杨"] * 3
    with ThreadPoolExecutor(4) as hands:
        prints = list(hands.map(lambda name: cards_of(face(name), fonts=fonts), names))

    assert all(name in text_of(print_) for name, print_ in zip(names, prints, strict=True))
