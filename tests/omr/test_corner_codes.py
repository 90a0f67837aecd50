"""What stands in a corner's code comes back whole, and one wrong character is noticed."""

import pytest

from pointsbank.omr.corner_codes import ALPHABET, LENGTH, CornerCode, read_text, text_of
from pointsbank.printing import path

CODE = CornerCode("7K3M9QWXYZ", rows=58, columns=12, corner=2)


@pytest.mark.parametrize("corner", range(4))
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (9, 10), (58, 12)])
def test_a_corner_comes_back(corner: int, rows: int, columns: int) -> None:
    code = CornerCode("0123456789", rows, columns, corner)

    assert read_text(text_of(code)) == code


def test_a_corner_fits_the_smallest_code() -> None:
    assert len(text_of(CODE)) == LENGTH
    assert path(text_of(CODE))[0] == 21


def test_one_wrong_character_is_noticed() -> None:
    text = text_of(CODE)
    wrong = [
        text[:at] + letter + text[at + 1 :]
        for at in range(LENGTH)
        for letter in ALPHABET
        if letter != text[at]
    ]

    assert not [one for one in wrong if read_text(one) is not None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://jifen.chayuan.cn/c/0123456789ABCDEFGHJKMNPQRST",
        text_of(CODE).lower(),
        text_of(CODE) + "\n",
        text_of(CODE._replace(rows=59)),
        text_of(CODE._replace(rows=0)),
    ],
)
def test_what_is_no_corner_of_ours_is_none(text: str) -> None:
    assert read_text(text) is None
