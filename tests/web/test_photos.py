"""Photos of cards: a small code on a large picture is read, and one that a shaking hand has blurred."""

import io

import pytest
import qrcode
import zxingcpp
from PIL import Image, ImageFilter

from pointsbank.web.photos import LONGEST_SIDE, PhotoUnreadable, read_code

CONTENT = "https://jifen.chayuan.cn/c/0123456789ABCDEFGHJKMNPQRST"


def photo(size: tuple[int, int], module: float, *, blur: float = 0, codes: int = 1) -> Image.Image:
    """Cards on a grey table, each module of a code so many points wide."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4, box_size=10)
    code.add_data(CONTENT)
    code.make(fit=True)
    drawn = code.make_image().get_image().convert("L")
    side = round(drawn.width / 10 * module)
    picture = Image.new("L", size, 190)
    for place in range(codes):
        picture.paste(drawn.resize((side, side), Image.Resampling.LANCZOS), (40 + place * (side + 40), 60))
    return picture.filter(ImageFilter.GaussianBlur(blur))


def sent(picture: Image.Image) -> io.BytesIO:
    """The picture as a phone sends it."""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=80)
    stream.seek(0)
    return stream


def at_first_sight(picture: Image.Image) -> int:
    """How many codes are found on the picture made small."""
    small = picture.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return len(zxingcpp.read_barcodes(small, formats=zxingcpp.BarcodeFormat.QRCode))


@pytest.mark.parametrize(
    ("picture", "seen"),
    [
        (photo((1600, 1200), 6), 1),
        (photo((4000, 3000), 2.6), 0),
        (photo((1600, 1200), 5, blur=3), 0),
    ],
    ids=["plain", "small on a large picture", "blurred"],
)
def test_a_card_is_read(picture: Image.Image, seen: int) -> None:
    assert at_first_sight(picture) == seen
    assert read_code(sent(picture)) == CONTENT


def test_two_cards_on_one_photo_are_not_chosen_between() -> None:
    with pytest.raises(PhotoUnreadable):
        read_code(sent(photo((1600, 1200), 6, codes=2)))


def test_a_photo_without_a_card_is_refused() -> None:
    with pytest.raises(PhotoUnreadable):
        read_code(sent(Image.new("L", (3000, 2000), 190)))
