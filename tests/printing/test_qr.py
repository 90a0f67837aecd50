"""The code on a card: what the library would draw, at the size and level an old phone reads."""

import pytest
from qrcode import QRCode, constants

from pointsbank.printing.qr import CodeTooLong, card_path, fits, path
from pointsbank.sheets.cards import face

TOKEN = "0H5XENG5Z2QE0B133G2GRQNZ5TK"


def address(length: int) -> str:
    return "https://" + "a" * (length - 8) + f"/c/{TOKEN}"


def modules(drawn: tuple[int, str]) -> list[list[bool]]:
    """The modules that a path paints dark."""
    size, drawing = drawn
    rows = [[False] * size for _ in range(size)]
    for line in drawing.splitlines()[:-1]:
        x, y, run = (int(number) for number in line.split()[:3])
        rows[size - 1 - y][x : x + run] = [True] * run
    return rows


def test_a_path_paints_what_the_library_would() -> None:
    content = face(number=7).content
    code = QRCode(error_correction=constants.ERROR_CORRECT_H, mask_pattern=3)
    code.add_data(content[:-27], optimize=0)
    code.add_data(content[-27:], optimize=0)
    code.make()

    assert modules(card_path(content)) == [[bool(module) for module in row] for row in code.modules]


@pytest.mark.parametrize("length", [1, 40, 200, 500])
def test_a_wall_s_path_does_too(length: int) -> None:
    code = QRCode(error_correction=constants.ERROR_CORRECT_Q, mask_pattern=3)
    code.add_data("x" * length, optimize=0)
    code.make()

    assert modules(path("x" * length)) == [[bool(module) for module in row] for row in code.modules]


@pytest.mark.parametrize(("length", "size"), [(11, 33), (28, 41), (35, 41), (36, 37), (51, 41)])
def test_level_h_is_kept_as_long_as_version_6_holds_it_then_q(length: int, size: int) -> None:
    assert card_path(address(length))[0] == size


def test_a_public_url_too_long_for_an_old_phone_is_refused() -> None:
    assert fits(address(51))
    assert not fits(address(52))

    with pytest.raises(CodeTooLong) as refused:
        card_path(address(52))

    assert "网址太长" in refused.value.detail


def test_a_wall_takes_larger_codes_than_a_card() -> None:
    assert path("存证" * 100)[0] > 41


def test_not_even_a_wall_takes_a_book() -> None:
    with pytest.raises(CodeTooLong):
        path("x" * 5000)


def test_neighbouring_modules_share_a_run() -> None:
    _, drawing = card_path(face().content)

    assert drawing.splitlines()[0].endswith(" 7 1 re")
