"""Font files of the village's own: looked into before they are printed with, and tried."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pointsbank.printing import Fonts, legible, scripts_not_joined, scripts_of
from pointsbank.printing.outlines import MAXIMUM_BYTES, FontUnusable, drawn_points
from pointsbank.printing.scripts import is_set_alone
from pointsbank.sheets.cards import face
from pointsbank.text import Replaceable
from tests.printing.fontfile import (
    ALIKE,
    BOXED,
    COPIED,
    EMPTY,
    FLAT,
    HINTED,
    JOINING,
    RARE,
    UIGHUR,
    WIDTHLESS,
    YI,
    made_font,
)
from tests.printing.reading import fonts_of, text_of
from tests.sheets.prints import cards_of


def test_a_character_counts_when_it_has_an_outline_of_its_own(tmp_path: Path) -> None:
    points = drawn_points(made_font(tmp_path / "made.ttf"))

    assert {ord(one) for one in YI + RARE} <= points
    assert points.isdisjoint(map(ord, EMPTY + BOXED + FLAT + COPIED + HINTED + WIDTHLESS))


def test_one_picture_for_a_whole_script_draws_none_of_its_letters(tmp_path: Path) -> None:
    points = drawn_points(made_font(tmp_path / "made.ttf"))

    assert points.isdisjoint(map(ord, ALIKE))


def test_letters_that_join_do_not_count_whatever_the_font_has(tmp_path: Path) -> None:
    file = made_font(tmp_path / "made.ttf")

    assert drawn_points(file).isdisjoint(map(ord, JOINING))
    assert sorted(scripts_not_joined(file)) == ["Arab", "Mong", "Plrd", "Tibt"]
    assert scripts_of([file]) == {"Latn": 52, "Yiii": 2, "Hani": 1}


@pytest.mark.parametrize("character", ["ئ", "ཀ", "ᠠ", "က", "ก", chr(0x301), chr(0x1100), chr(0xE000)])
def test_what_would_stand_unjoined_or_loose_is_not_drawn(character: str) -> None:
    assert not is_set_alone(character)


def test_a_name_that_is_not_drawn_is_exchanged_and_said() -> None:
    names = (Replaceable("买买提", "户号0201"), Replaceable(f"王{UIGHUR}", "户号0101"), f"二组{UIGHUR[0]}")

    shown, said = legible(names, lambda text: "".join(one for one in text if one in UIGHUR))

    assert shown == ("买买提", "户号0101", "二组〓")
    assert [(one.text, one.characters) for one in said] == [(names[1], UIGHUR), (names[2], UIGHUR[0])]


def _cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _grow(file: Path) -> None:
    with file.open("ab") as content:
        content.truncate(MAXIMUM_BYTES + 1)


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "not there": (lambda file: None, "文件不在"),
    "empty": (lambda file: file.write_bytes(b""), "不是字体文件"),
    "text": (lambda file: file.write_text("a letter"), "不是字体文件"),
    "for the web": (lambda file: file.write_bytes(b"wOF2" + b"\0" * 90), "网页字体"),
    "cut to half": (lambda file: _cut(made_font(file)), "不完整"),
    "only its first bytes": (lambda file: file.write_bytes(b"\0\1\0\0"), "不完整"),
    "too large": (lambda file: _grow(made_font(file)), "超过64MB"),
    "CFF outlines": (lambda file: made_font(file, outlines=False), "CFF"),
    "not to be embedded": (lambda file: made_font(file, embedding=0x0002), "不许嵌入"),
    "not to be cut": (lambda file: made_font(file, embedding=0x0104), "不许裁切"),
    "bitmaps only": (lambda file: made_font(file, embedding=0x0208), "不许裁切"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_an_unusable_file_is_said_and_stops_no_print(tmp_path: Path, cache: Path, case: str) -> None:
    spoil, why = UNUSABLE[case]
    file = tmp_path / "own.ttf"
    spoil(file)

    with pytest.raises(FontUnusable, match=why):
        drawn_points(file)
    fonts = Fonts(cache, [file])

    assert [why in refusal.detail for refusal in fonts.unusable] == [True]
    assert fonts.lacking("王建国") == ""


@pytest.mark.parametrize("embedding", [0, 0x0004, 0x0008])
def test_a_file_of_the_village_draws_what_ours_lack(tmp_path: Path, cache: Path, embedding: int) -> None:
    file = made_font(tmp_path / "own.ttf", embedding=embedding)
    ours, both = Fonts(cache), Fonts(cache, [file])

    assert ours.lacking(f"王{YI}") == YI
    assert both.lacking(f"王{YI}{RARE}{UIGHUR}") == UIGHUR
    print_ = cards_of(face(f"王{YI}"), fonts=both)
    assert f"王{YI}" in text_of(print_)
    assert any("own-" in line for line in fonts_of(print_))


def test_a_font_exchanged_for_another_is_looked_into_again(tmp_path: Path) -> None:
    file = made_font(tmp_path / "own.ttf")
    before = drawn_points(file)
    file.write_bytes(b"another")

    with pytest.raises(FontUnusable):
        drawn_points(file)
    assert before
