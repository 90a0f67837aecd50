"""What a file is and costs is known before anything is drawn: by its first bytes, whatever its name."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from pointsbank.errors import Invalid
from pointsbank.photos import kinds, planes
from pointsbank.photos.kinds import PhotoCutOff, PhotoKindUnknown, PhotoTooLarge, kind_of
from pointsbank.photos.strips import grey, grey_at_half_size


def written(size: tuple[int, int], form: str, mode: str = "L", **options: object) -> bytes:
    """A picture of one colour."""
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, form, **options)
    return stream.getvalue()


def resized(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG, declaring another size."""
    place = next(jpeg.find(bytes((0xFF, frame))) for frame in (0xC0, 0xC2) if bytes((0xFF, frame)) in jpeg)
    return jpeg[: place + 5] + struct.pack(">HH", height, width) + jpeg[place + 9 :]


def png(width: int, height: int, *, passes: int = 0, depth: int = 8, colour: int = 2) -> bytes:
    """The head of a PNG of this size, in colour unless it is said."""
    body = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, passes)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR") + body + bytes(30)


def webp(width: int, height: int, *, lossless: bool = False) -> bytes:
    """The head of a WebP that says something else of its canvas, and of its frame of this size."""
    if lossless:
        frame = b"VP8L" + struct.pack("<IBI", 100, 0x2F, width - 1 | height - 1 << 14)
    else:
        frame = b"VP8 " + struct.pack("<I6sHH", 100, b"\x90p\0\x9d\x01*", width, height)
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(10)
    alpha = b"ALPH" + struct.pack("<I", 3) + bytes(4)
    return b"RIFF\0\0\0\0WEBP" + canvas + alpha + frame + bytes(30)


def avif(width: int, height: int, *, coded: int = 0x0C) -> bytes:
    """The head of an AVIF of this size, its colours halved both ways unless it is said."""
    tile = struct.pack(">I4sIII", 20, b"ispe", 0, 512, 512)
    whole = struct.pack(">I4sIII", 20, b"ispe", 0, width, height)
    return box(b"avif") + tile + whole + struct.pack(">I4sBBBB", 12, b"av1C", 0x81, 0, coded, 0)


def box(brand: bytes) -> bytes:
    """The head of a file in boxes."""
    return struct.pack(">I4s4sI4s", 20, b"ftyp", brand, 0, brand) + bytes(44)


def asked(data: bytes, size: int = 0) -> kinds.Kind:
    """What is said of a file with these bytes."""
    return kind_of(io.BytesIO(data), size or len(data))


PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
BASELINE = written((64, 64), "JPEG", "RGB")
PROGRESSIVE = written((64, 64), "JPEG", "RGB", progressive=True)
FULL_COLOUR = written((64, 64), "JPEG", "RGB", progressive=True, subsampling=0)


WITHIN = {
    "baseline of 200": resized(BASELINE, 16330, 12247),
    "progressive of 24": resized(PROGRESSIVE, 6000, 4000),
    "progressive in full colour of 12": resized(FULL_COLOUR, 4000, 3000),
    "PNG of 24": png(6000, 4000),
    "PNG of 24 with transparency": png(6000, 4000, colour=6),
    "PNG of 24 with 16 bits": png(6000, 4000, depth=16),
    "PNG of 24 with a palette": png(6000, 4000, colour=3),
    "PNG of 24 in passes": png(6000, 4000, passes=1),
    "WebP of 24": webp(6000, 4000),
    "lossless WebP of 13": webp(4160, 3120, lossless=True),
    "AVIF of 24": avif(6000, 4000),
    "AVIF of 24, 10 bits": avif(6000, 4000, coded=0x4C),
    "AVIF of 24, in full colour": avif(6000, 4000, coded=0),
}
OVER = {
    "baseline": resized(BASELINE, 16400, 12247),
    "progressive": resized(PROGRESSIVE, 6000, 4100),
    "progressive in full colour": resized(FULL_COLOUR, 6000, 4000),
    "PNG": png(6000, 4100),
    "PNG in passes": png(6000, 4100, passes=1),
    "WebP": webp(6000, 4100),
    "lossless WebP": webp(6000, 4000, lossless=True),
    "AVIF": avif(6000, 4100),
    "AVIF in full colour, 10 bits": avif(6000, 4000, coded=0x40),
}


@pytest.mark.parametrize("data", WITHIN.values(), ids=WITHIN)
def test_as_many_megapixels_as_promised_may_be_drawn(data: bytes) -> None:
    assert asked(data).width > 0


@pytest.mark.parametrize("data", OVER.values(), ids=OVER)
def test_more_than_that_is_refused_with_its_size(data: bytes) -> None:
    with pytest.raises(PhotoTooLarge, match="万像素"):
        asked(data)


@pytest.mark.parametrize("data", [webp(6000, 4000), avif(6000, 4000)], ids=["WebP", "AVIF"])
def test_where_only_pillow_can_draw_less_is_taken(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planes, "can_draw", lambda form: False)
    large = data.replace(b"VP8X\x0a\0\0\0" + bytes(10), b"VP8X\x0a\0\0\0\0\0\0\0\x6f\x17\0\x9f\x0f\0")

    with pytest.raises(PhotoTooLarge, match="2400万像素"):
        asked(large)


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


@pytest.mark.parametrize("data", [BASELINE, PROGRESSIVE, png(8, 8), webp(8, 8), avif(8, 8)])
def test_a_head_that_is_cut_off_anywhere_is_a_refusal(data: bytes) -> None:
    for length in range(1, min(len(data), 100)):
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


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(37, 29), (1, 1), (2, 1), (5, 300)])
def test_of_a_png_in_passes_every_second_point_is_drawn(mode: str, size: tuple[int, int]) -> None:
    picture = Image.effect_noise(size, 90).convert(mode)
    shades = picture.convert("L")
    every_second = [shades.getpixel((x, y)) for y in range(0, size[1], 2) for x in range(0, size[0], 2)]

    assert list(grey_at_half_size(io.BytesIO(in_passes(picture))).tobytes()) == every_second


def in_passes(picture: Image.Image) -> bytes:
    """An interlaced PNG, which Pillow does not write."""
    colour, bands = {"L": (0, 1), "LA": (4, 2), "RGB": (2, 3), "RGBA": (6, 4)}[picture.mode]
    points, (width, height) = picture.tobytes(), picture.size
    rows = b""
    for left, top, across, down in PASSES:
        for y in range(top, height, down):
            places = (bands * (y * width + x) for x in range(left, width, across))
            row = b"".join(points[place : place + bands] for place in places)
            rows += b"\0" + row if row else b""
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 1)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


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
