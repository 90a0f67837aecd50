"""A slip for a receipt printer: its bytes are read back as the printer would read them."""

from dataclasses import dataclass, field

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFont

from pointsbank.printing import BOLD, Fonts, Thermal, slip_path
from pointsbank.printing.thermal import COLUMNS


@dataclass
class Printed:
    """What a printer that knows these commands alone has put on its paper."""

    lines: list[str] = field(default_factory=list)
    pictures: list[Image.Image] = field(default_factory=list)
    large: list[bool] = field(default_factory=list)
    cut: bool = False


def printed(data: bytes) -> Printed:
    """Read a slip's bytes; whatever is no letter and none of the commands fails."""
    paper, line, at, twice = Printed(), bytearray(), 0, False
    assert data.startswith(b"\x1b@\x1c&")
    at = 4
    while at < len(data):
        two = data[at : at + 2]
        if two in (b"\x1d!", b"\x1c!"):
            twice = twice or data[at + 2] != 0
            at += 3
        elif two in (b"\x1bJ", b"\x1bE"):
            at += 3
        elif two == b"\x1dV":
            paper.cut, at = True, at + 4
        elif two == b"\x1dv":
            across, high = data[at + 4] + 256 * data[at + 5], data[at + 6] + 256 * data[at + 7]
            end = at + 8 + across * high
            bits = Image.frombytes("1", (across * 8, high), data[at + 8 : end])
            paper.pictures.append(bits)
            at = end
        elif data[at] == 0x0A:
            paper.lines.append(line.decode("gb18030"))
            paper.large.append(twice)
            line.clear()
            twice, at = False, at + 1
        else:
            assert data[at] >= 0x20 and data[at] != 0x7F
            length = 1 if data[at] < 0x80 else 2
            line += data[at : at + length]
            at += length
    return paper


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    """Fonts that keep their faces for this file."""
    return Fonts(tmp_path_factory.mktemp("faces"))


def slip(fonts: Fonts, *, width: int = 58) -> bytes:
    """A slip with everything that a slip may have."""
    drawn = slip_path("https://village.test/open/cy/months/2026-09/check#123", largest=27)
    assert drawn is not None
    with fonts.opened(
        ["王建国积分合计余额𬭎㛃请核对商品与，凭此小票可查账。0123456789 .-+−×:年月日"]
    ) as case:
        roll = Thermal(case, width=width)
        roll.middle("积分合计", 1.45, BOLD)
        roll.rule()
        roll.pair("积分", "王建国")
        roll.pair("余额", "王建国王建国王建国王建国王建国王建国王建国")
        roll.pair("合计", "−12.5", 1.6)
        roll.pair("积分", "王𬭎")
        roll.space()
        roll.passage("请核对商品与积分，凭此小票可查账。" * 3)
        roll.code(drawn)
        return roll.finish()


@pytest.mark.parametrize("width", COLUMNS)
def test_every_line_is_read_back_and_none_is_wider_than_the_paper(fonts: Fonts, width: int) -> None:
    paper = printed(slip(fonts, width=width))

    assert any(line.startswith("积分") and line.endswith("王建国") for line in paper.lines)
    assert [line.split() for line, large in zip(paper.lines, paper.large, strict=True) if large] == [
        ["积分合计"],
        ["合计", "-12.5"],
    ]
    assert "".join(paper.lines).replace(" ", "").count("王建国") == 8
    assert max(len(line.encode("gb18030")) for line in paper.lines) <= COLUMNS[width]
    assert paper.cut


def test_a_letter_of_four_bytes_comes_as_dots_and_is_the_right_letter(fonts: Fonts) -> None:
    """A printer would print two wrong letters for it, or a question mark."""
    named, code = printed(slip(fonts)).pictures

    assert named.width == code.width == 384
    drawn = named.crop((384 - 26, 0, 384, named.height))
    likeness = {one: _alike(drawn, one, fonts) for one in "𬭎㛃王国"}
    assert max(likeness, key=lambda one: likeness[one]) == "𬭎", likeness


def _alike(picture: Image.Image, letter: str, fonts: Fonts) -> float:
    """How much of a letter's ink, drawn by another hand, and of the picture's is the same."""
    font = ImageFont.truetype(str(fonts.files[0]), 24)
    own = Image.new("1", picture.size)
    ImageDraw.Draw(own).text((0, 0), letter, fill=1, font=font)
    seen, wanted = picture.getbbox(), own.getbbox()
    assert seen and wanted
    size = (24, 24)
    one, other = picture.crop(seen).resize(size), own.crop(wanted).resize(size)
    both = ImageChops.logical_and(one, other).histogram()[-1]
    either = ImageChops.logical_or(one, other).histogram()[-1]
    return both / either


def test_the_code_is_read_from_the_dots(fonts: Fonts) -> None:
    _, code = printed(slip(fonts)).pictures
    seen = Image.eval(code.convert("L"), lambda grey: 255 - grey)

    [read] = zxingcpp.read_barcodes(seen)
    assert read.text == "https://village.test/open/cy/months/2026-09/check#123"


def test_no_name_is_a_command(fonts: Fonts) -> None:
    with fonts.opened(["王建国 @!"]) as case:
        roll = Thermal(case, width=58)
        roll.passage("王\x1b@建\x1d!\x11国\n")
        paper = printed(roll.finish())

    assert paper.lines[0] == "王 @建 ! 国" and not any(paper.large)
