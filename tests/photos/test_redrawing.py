"""A photo is kept small, upright and bare: nothing that a camera wrote beside it goes on."""

import io
import random

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from pointsbank.photos.kinds import PhotoCutOff, PhotoKindUnknown, PhotoTooLarge
from pointsbank.photos.redrawing import MAXIMUM_KEPT_BYTES, redraw
from tests.photos.test_kinds import in_passes

SECRET = b"Chayuan-Li-Wenhua"


def scene(size: tuple[int, int] = (400, 200), mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture.convert(mode)


def sent(picture: Image.Image, form: str = "JPEG", **how: object) -> io.BytesIO:
    """The picture as somebody sends it."""
    stream = io.BytesIO()
    picture.save(stream, form, **how)
    return stream


def kept(stream: io.BytesIO) -> Image.Image:
    """What becomes of it."""
    written = redraw(stream)
    assert len(written) <= MAXIMUM_KEPT_BYTES
    return Image.open(io.BytesIO(written))


def is_red(colour: object) -> bool:
    """Whether a point is of the left half."""
    red, _, blue = colour  # type: ignore[misc]
    return bool(red > 150 > blue)


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        *(("JPEG", mode) for mode in ("L", "RGB", "CMYK")),
        *(("PNG", mode) for mode in ("L", "LA", "P", "RGB", "RGBA")),
        *((form, mode) for form in ("WEBP", "AVIF") for mode in ("RGB", "RGBA")),
    ],
)
def test_every_kind_of_picture_becomes_a_jpeg_in_its_colours(form: str, mode: str) -> None:
    picture = kept(sent(scene(mode=mode), form))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (400, 200))
    if mode not in ("L", "LA"):
        assert is_red(picture.getpixel((40, 100)))
        assert not is_red(picture.getpixel((360, 100)))


def test_a_picture_in_passes_and_one_with_deep_colours_are_drawn_too() -> None:
    assert kept(io.BytesIO(in_passes(scene((300, 200))))).size == (300, 200)
    deep = Image.new("I;16", (300, 200), 40_000)
    assert kept(sent(deep, "PNG")).getpixel((5, 5)) == pytest.approx((156,) * 3, abs=3)


def test_what_is_clear_becomes_white() -> None:
    assert kept(sent(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")).getpixel((9, 9)) == (255,) * 3


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_it_is_turned_upright(form: str, turn: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    picture = kept(sent(scene(), form, exif=exif))

    lies = turn >= 5
    assert picture.size == ((200, 400) if lies else (400, 200))
    # Where the red half of the file comes to lie.
    first = (100, 40) if lies else (40, 100)
    assert is_red(picture.getpixel(first)) == (turn in (1, 4, 5, 6))


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_nothing_beside_the_picture_is_kept(form: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (25.0, 1.0, 2.0)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    more = {"comment": SECRET, "icc_profile": SECRET * 9} if form == "JPEG" else {"pnginfo": text}
    stream = sent(scene(), form, exif=exif, **more)
    assert SECRET in stream.getvalue()

    written = redraw(stream)

    assert SECRET not in written
    picture = Image.open(io.BytesIO(written))
    assert not picture.getexif()
    assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (9000, 300)])
def test_a_large_one_is_kept_small(size: tuple[int, int]) -> None:
    picture = kept(sent(scene(size)))

    assert max(picture.size) == 1600
    assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_even_noise_is_small_enough() -> None:
    noise = Image.frombytes("RGB", (1600, 1200), random.Random(3).randbytes(1600 * 1200 * 3))

    assert kept(sent(noise, "PNG")).width >= 640


@pytest.mark.parametrize(
    ("stream", "refusal"),
    [
        (io.BytesIO(b""), PhotoCutOff),
        (io.BytesIO(b"hello, I am a photo"), PhotoKindUnknown),
        (io.BytesIO(b"%PDF-1.7 ..."), PhotoKindUnknown),
        (sent(scene((13_300, 40))), PhotoTooLarge),
        (sent(scene((9_000, 8_000), "L"), quality=1), PhotoTooLarge),
    ],
    ids=["empty", "text", "pdf", "13,300 wide", "72 megapixels"],
)
def test_what_is_no_photo_or_too_large_is_refused_by_name(stream: io.BytesIO, refusal: type) -> None:
    with pytest.raises(refusal):
        redraw(stream)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_one_that_ends_early_is_refused(form: str) -> None:
    noise = Image.frombytes("RGB", (300, 300), random.Random(5).randbytes(300 * 300 * 3))
    whole = sent(noise, form).getvalue()

    with pytest.raises(PhotoCutOff):
        redraw(io.BytesIO(whole[: len(whole) // 2]))
