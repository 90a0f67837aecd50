"""What a file is and costs is known before anything is drawn: by its first bytes, whatever its name."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from pointsbank.errors import Invalid
from pointsbank.photos import kinds
from pointsbank.photos.kinds import PhotoCutOff, PhotoKindUnknown, PhotoTooLarge, kind_of
from pointsbank.photos.strips import grey


def written(size: tuple[int, int], form: str, mode: str = "L", **options: object) -> bytes:
    """A picture of one colour."""
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, form, **options)
    return stream.getvalue()


def resized(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG, declaring another size."""
    place = next(jpeg.find(bytes((0xFF, frame))) for frame in (0xC0, 0xC2) if bytes((0xFF, frame)) in jpeg)
    return jpeg[: place + 5] + struct.pack(">HH", height, width) + jpeg[place + 9 :]


def png(width: int, height: int, *, passes: int = 0) -> bytes:
    """The head of a PNG of this size in colour."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, passes)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR") + body + bytes(30)


def webp(width: int, height: int) -> bytes:
    """The head of an extended WebP of this size."""
    wide, high = ((side - 1).to_bytes(3, "little") for side in (width, height))
    return b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + wide + high + bytes(34)


def box(brand: bytes) -> bytes:
    """The head of a file in boxes."""
    return struct.pack(">I4s4sI4s", 20, b"ftyp", brand, 0, brand) + bytes(44)


def asked(data: bytes, size: int = 0) -> kinds.Kind:
    """What is said of a file with these bytes."""
    return kind_of(io.BytesIO(data), size or len(data))


BASELINE = written((64, 64), "JPEG", "RGB")
PROGRESSIVE = written((64, 64), "JPEG", "RGB", progressive=True)
FULL_COLOUR = written((64, 64), "JPEG", "RGB", progressive=True, subsampling=0)


@pytest.mark.parametrize(
    "data",
    [
        resized(BASELINE, 16330, 12247),
        resized(PROGRESSIVE, 6000, 4000),
        resized(FULL_COLOUR, 4000, 3000),
        png(6000, 4000),
        webp(2500, 1600),
    ],
    ids=["baseline of 200", "progressive of 24", "progressive in full colour", "PNG of 24", "WebP of 4"],
)
def test_as_many_megapixels_as_promised_may_be_drawn(data: bytes) -> None:
    assert asked(data).width > 0


@pytest.mark.parametrize(
    "data",
    [
        resized(BASELINE, 16400, 12247),
        resized(PROGRESSIVE, 6000, 4100),
        resized(FULL_COLOUR, 6000, 4000),
        png(6000, 4100),
        png(6000, 4000, passes=1),
        webp(2500, 2000),
    ],
    ids=["baseline", "progressive", "progressive in full colour", "PNG", "PNG in passes", "WebP"],
)
def test_more_than_that_is_refused_with_its_size(data: bytes) -> None:
    with pytest.raises(PhotoTooLarge, match="万像素"):
        asked(data)


def test_a_baseline_picture_whose_colours_come_one_after_another_is_kept_whole_and_so_bounded() -> None:
    place = BASELINE.index(b"\xff\xda")
    alone = resized(BASELINE[:place] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + bytes(9), 16330, 12247)

    with pytest.raises(PhotoTooLarge):
        asked(alone)


def test_a_file_over_64_mib_is_refused_whatever_it_is() -> None:
    with pytest.raises(PhotoTooLarge, match="64MB"):
        asked(BASELINE, size=64 * 1024 * 1024 + 1)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (box(b"heic"), "HEIC"),
        (box(b"mif1"), "HEIC"),
        (box(b"isom"), "视频"),
        (b"%PDF-1.7" + bytes(60), "PDF"),
        (b"II*\0" + bytes(60), "TIFF"),
        (b"MM\0*" + bytes(60), "TIFF"),
        (b"BM" + bytes(60), "BMP"),
        (b"GIF89a" + bytes(60), "GIF"),
        (b"PK\3\4" + bytes(60), "压缩包"),
        (b"hello", "不是照片"),
    ],
)
def test_what_is_no_photo_is_named_with_the_way_out(data: bytes, named: str) -> None:
    with pytest.raises(PhotoKindUnknown, match=named) as refused:
        asked(data)

    assert "请" in refused.value.detail


@pytest.mark.parametrize("data", [BASELINE, PROGRESSIVE, png(8, 8), webp(8, 8), box(b"avif")])
def test_a_head_that_is_cut_off_anywhere_is_a_refusal(data: bytes) -> None:
    for length in range(1, min(len(data), 40)):
        try:
            asked(data[:length])
        except Invalid as refused:
            assert isinstance(refused, PhotoCutOff | PhotoKindUnknown | PhotoTooLarge)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(300, 257), (1, 1), (129, 128)])
def test_a_png_drawn_in_strips_is_the_same_picture(mode: str, size: tuple[int, int]) -> None:
    picture = Image.effect_noise(size, 90).convert(mode)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    stream.seek(0)

    assert grey(stream, 1).tobytes() == picture.convert("L").tobytes()
    stream.seek(0)
    assert grey(stream, 2).size == ((size[0] + 1) // 2, (size[1] + 1) // 2)


def test_what_came_of_a_png_is_drawn_and_a_broken_one_is_no_picture() -> None:
    stream = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(stream, "PNG")
    whole = stream.getvalue()
    part = grey(io.BytesIO(whole[: len(whole) // 2]), 1)

    assert any(part.crop((0, 0, 300, 100)).tobytes()) and not any(part.crop((0, 200, 300, 300)).tobytes())
    broken: Callable[[], Image.Image] = lambda: grey(io.BytesIO(whole[:45] + bytes(200) + whole[245:]), 1)  # noqa: E731
    with pytest.raises(SyntaxError):
        broken()


def test_a_bomb_of_a_png_is_unpacked_no_further_than_its_rows() -> None:
    head = png(10, 10)[:33]
    data = zlib.compress(bytes(50_000_000), 9)
    whole = head + struct.pack(">I", len(data)) + b"IDAT" + data + bytes(4)

    assert grey(io.BytesIO(whole), 1).size == (10, 10)
