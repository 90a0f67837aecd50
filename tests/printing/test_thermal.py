"""A slip for a receipt printer: its bytes are read back as the printer would read them."""

import itertools
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFont

from pointsbank.printing import BOLD, Fonts, Thermal, slip_path
from pointsbank.printing.outlines import drawn_points
from pointsbank.printing.thermal import printers_own
from tests.printing.escpos import DOTS, Printed, printed

ADDRESS = "https://village.test/open/cy/months/2026-09/check#"
RARE = "𬭎𬱖㛃䶮"
"""Three of four bytes, and one of two that printers may lack."""

both = pytest.mark.parametrize("width", DOTS)


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that keeps cut faces for this file."""
    return tmp_path_factory.mktemp("faces")


@pytest.fixture(scope="module")
def fonts(faces: Path) -> Fonts:
    """Fonts as a village has them."""
    return Fonts(faces)


def slip(fonts: Fonts, *, width: int = 58) -> Printed:
    """A slip with everything that a slip may have."""
    with fonts.opened([f"王建国积分合计余额{RARE}堃请核对商品与，凭此小票可查账。0123456789 .-+−×:"]) as case:
        roll = Thermal(case, width=width)
        roll.middle("积分合计", 1.45, BOLD)
        roll.rule()
        roll.pair("积分", "王建国")
        roll.pair("余额", "王建国" * 9)
        roll.pair("合计", "−12.5", 1.6)
        roll.pair("", "123")
        roll.pair("凭此", "")
        roll.pair("积分", f"{RARE}堃")
        roll.middle(RARE, 1.45)
        roll.space()
        roll.passage("请核对商品与积分，凭此小票可查账。" * 3)
        return printed(roll.finish(), width=width)


@both
def test_every_line_is_read_back_and_none_is_wider_than_the_paper(fonts: Fonts, width: int) -> None:
    paper = slip(fonts, width=width)
    words = [line.text.split() for line in paper.lines]

    assert words[0] == ["积分合计"] and set(words[1][0]) == {"-"}
    assert words[2] == ["积分", "王建国"] and paper.lines[2].text.index("王") == DOTS[width] // 12 - 8
    assert ["合计", "-12.5"] in words and ["123"] in words and ["凭此"] in words
    assert [line.large for line in paper.lines if line.large] == ["积分合计", "-12.5"]
    assert [line.heavy for line in paper.lines if line.heavy] == ["积分合计", "-12.5"]
    assert "".join(line.text for line in paper.lines).replace(" ", "").count("王建国") == 10
    assert paper.cut


@both
def test_a_letter_that_printers_lack_comes_as_dots_and_is_the_right_letter(fonts: Fonts, width: int) -> None:
    """A printer would print two wrong letters for it, a blank or a question mark."""
    small, large = slip(fonts, width=width).pictures

    for place, one in enumerate(f"{RARE}堃"):
        assert likest(cell(small, DOTS[width] - (5 - place) * 24, 24), fonts) == one
    for place, one in enumerate(RARE):
        assert likest(cell(large, DOTS[width] // 2 - (2 - place) * 48, 48), fonts) == one


@pytest.mark.parametrize("text", ["𬭎", "䶮", "㧏", "\ue863", "€", "ᠠ", "−1"])
def test_some_or_all_printers_lack(text: str) -> None:
    assert printers_own("王建国·（0101）—×…") and not printers_own(text)


@pytest.mark.parametrize("text", ["䶮", f"{'W' * 30}㛃"])
def test_dots_stay_within_the_paper(fonts: Fonts, text: str) -> None:
    with fonts.opened([text]) as case:
        roll = Thermal(case, width=58)
        roll.passage(text)
    paper = printed(roll.finish(), width=58)
    [picture] = paper.pictures

    assert "".join(line.text for line in paper.lines) == ""
    assert picture.getbbox() is not None
    assert picture.crop((DOTS[58] - 1, 0, DOTS[58], picture.height)).getbbox() is None


def cell(picture: Image.Image, left: int, side: int) -> Image.Image:
    """The place of one letter."""
    return picture.crop((left, 0, left + side, picture.height))


def likest(drawn: Image.Image, fonts: Fonts) -> str:
    """Which letter it is, by the ink that it has in common with that of the font file itself."""
    alike = {one: _alike(drawn, one, fonts) for one in f"{RARE}堃王国"}
    first, second, *_ = sorted(alike, key=lambda one: -alike[one])
    assert alike[first] > 1.5 * alike[second], alike
    return first


def _alike(drawn: Image.Image, letter: str, fonts: Fonts) -> float:
    """How much of a letter's ink, drawn by another hand, and of the picture's is the same."""
    file = next(file for file in fonts.files if ord(letter) in drawn_points(file))
    font = ImageFont.truetype(str(file), drawn.width)
    font.set_variation_by_axes([400])
    own = Image.new("L", (drawn.width * 2, drawn.height * 2))
    ImageDraw.Draw(own).text((0, 0), letter, fill=255, font=font)
    own = own.point(lambda grey: 255 if grey > 110 else 0, mode="1")
    seen, wanted = drawn.getbbox(), own.getbbox()
    assert seen and wanted
    one, other = drawn.crop(seen), own.crop(wanted)
    # A dot aside in either direction, for the two hands round differently.
    return max(_shared(one, ImageChops.offset(_on(other, one.size), right, down)) for right, down in _NEAR)


_NEAR = list(itertools.product((-1, 0, 1), repeat=2))


def _on(letter: Image.Image, size: tuple[int, int]) -> Image.Image:
    page = Image.new("1", size)
    page.paste(letter, (0, 0))
    return page


def _shared(one: Image.Image, other: Image.Image) -> float:
    shared, either = (
        both(one, other).histogram()[-1] for both in (ImageChops.logical_and, ImageChops.logical_or)
    )
    return shared / either


@pytest.mark.parametrize(("width", "length"), [(58, 60), (58, 3000), (80, 6800)])
def test_a_code_is_dots_three_to_the_module_and_is_read_again(fonts: Fonts, width: int, length: int) -> None:
    text = ADDRESS + "7" * length
    drawn = slip_path(text, largest={58: 27, 80: 40}[width])
    assert drawn is not None
    with fonts.opened([]) as case:
        roll = Thermal(case, width=width)
        roll.code(drawn)
    [picture] = printed(roll.finish(), width=width).pictures

    seen = Image.eval(picture.convert("L"), lambda grey: 255 - grey)
    assert [one.text for one in zxingcpp.read_barcodes(seen)] == [text]
    assert ImageChops.logical_xor(picture, by_hand(drawn, picture.size)).getbbox() is None


def by_hand(drawn: tuple[int, str], size: tuple[int, int]) -> Image.Image:
    """A code in the middle of a picture, each of its modules three dots wide and high."""
    picture = Image.new("1", size)
    left, top = ((length - drawn[0] * 3) // 2 for length in size)
    for run in re.finditer(r"(\d+) (\d+) (\d+) 1 re", drawn[1]):
        column, bottom, wide = (int(part) * 3 for part in run.groups())
        low = top + drawn[0] * 3 - bottom
        picture.paste(1, (left + column, low - 3, left + column + wide, low))
    return picture


def test_no_name_is_a_command(fonts: Fonts) -> None:
    with fonts.opened(["王建国 @!"]) as case:
        roll = Thermal(case, width=58)
        roll.passage("王\x1b@建\x1d!\x11国\n")
        paper = printed(roll.finish(), width=58)

    assert paper.lines[0].text == "王 @建 ! 国" and not paper.lines[0].large


def test_a_slip_for_practice_is_marked_above_all_and_in_each_rule(faces: Path) -> None:
    with Fonts(faces, mark="练习").opened([]) as case:
        roll = Thermal(case, width=58)
        roll.rule()
        first, rule, *_ = printed(roll.finish(), width=58).lines

    assert (first.text.strip(), first.large) == ("练习", "练习")
    assert rule.text == "-" * 14 + "练习" + "-" * 14
