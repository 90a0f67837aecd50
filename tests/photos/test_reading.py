"""Photos of cards: a small code on a large picture is read, and one that a shaking hand has blurred."""

import io

import pytest
import qrcode
import zxingcpp
from PIL import Image, ImageFilter

from pointsbank.photos import kinds, planes, strips
from pointsbank.photos.kinds import PhotoCutOff
from pointsbank.photos.reading import LONGEST_SIDE, PhotoUnreadable, codes_in
from pointsbank.roster import TOKEN_AT_END
from tests.photos.test_kinds import in_passes

CONTENT = "https://jifen.chayuan.cn/c/0123456789ABCDEFGHJKMNPQRST"


def photo(size: tuple[int, int], module: float, *, blur: float = 0, content: str = CONTENT) -> Image.Image:
    """A card on a grey table, each module of a code so many points wide."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4, box_size=10)
    code.add_data(content)
    code.make(fit=True)
    drawn = code.make_image().get_image().convert("L")
    side = round(drawn.width / 10 * module)
    picture = Image.new("L", size, 190)
    picture.paste(drawn.resize((side, side), Image.Resampling.LANCZOS), (40, 60))
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
    assert codes_in(sent(picture), TOKEN_AT_END) == [CONTENT]


def test_a_photo_without_a_card_is_refused() -> None:
    with pytest.raises(PhotoUnreadable):
        codes_in(sent(Image.new("L", (3000, 2000), 190)), TOKEN_AT_END)


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        *(("JPEG", mode) for mode in ("L", "RGB", "CMYK")),
        *(("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
        *((form, mode) for form in ("WEBP", "AVIF") for mode in ("RGB", "RGBA")),
    ],
)
def test_a_card_is_read_from_every_kind_of_picture(form: str, mode: str) -> None:
    grey = photo((1500, 900), 6)
    picture = grey.convert("I").point(lambda shade: shade * 256) if mode == "I;16" else grey
    picture = picture.convert(mode)
    stream = io.BytesIO()
    picture.save(stream, form)

    assert codes_in(stream, TOKEN_AT_END) == [CONTENT]


@pytest.mark.parametrize("form", ["PNG", "in passes", "WEBP", "AVIF"])
@pytest.mark.parametrize("by_pillow", [False, True], ids=["by their planes", "by Pillow alone"])
def test_a_card_is_read_from_a_picture_too_large_to_be_searched_whole(
    form: str, by_pillow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "MAXIMUM_SEARCHED", 1000)
    if by_pillow:
        monkeypatch.setattr(planes, "can_draw", lambda form: False)
        monkeypatch.setattr(strips, "can_draw", lambda head: False)
    picture, stream = photo((700, 700), 10), io.BytesIO()
    if form == "in passes":
        stream.write(in_passes(picture))
    else:
        picture.save(stream, form)

    assert codes_in(stream, TOKEN_AT_END) == [CONTENT]


def test_the_one_card_is_taken_beside_other_codes() -> None:
    picture = photo((1600, 900), 6)
    picture.paste(photo((700, 700), 6, content="wxp://f2f0abcdefg"), (850, 100))

    assert codes_in(sent(picture), TOKEN_AT_END) == [CONTENT]
    assert codes_in(sent(photo((1600, 900), 6, content="wxp://f2f0")), TOKEN_AT_END) == ["wxp://f2f0"]


def test_the_part_that_came_of_a_photo_is_read() -> None:
    whole = sent(photo((1600, 1200), 6)).getvalue()

    assert codes_in(io.BytesIO(whole[: len(whole) * 7 // 10]), TOKEN_AT_END) == [CONTENT]
    with pytest.raises(PhotoCutOff):
        codes_in(io.BytesIO(whole[: len(whole) // 10]), TOKEN_AT_END)
    with pytest.raises(PhotoCutOff):
        codes_in(io.BytesIO(whole[:40]), TOKEN_AT_END)


def test_the_camera_s_small_picture_in_front_does_not_end_the_photo() -> None:
    camera = Image.Exif()
    camera[0x010F] = "测试相机" + sent(Image.new("L", (8, 8))).getvalue().decode("latin-1")
    stream = io.BytesIO()
    Image.new("L", (1600, 1200), 190).save(stream, "JPEG", exif=camera)
    whole = stream.getvalue()

    assert whole.count(b"\xff\xd9") == 1
    with pytest.raises(PhotoCutOff):
        codes_in(io.BytesIO(whole[: len(whole) * 7 // 10]), TOKEN_AT_END)
