"""What a photo is, how large, and how much memory it takes to draw: read from its first bytes, nothing drawn.

The bound is on bytes while it is decoded, not on the pixels of the file. A baseline JPEG can be drawn at an
eighth of its size, so 200 megapixels cost little. A progressive one, or one whose colours come one after
another, is kept whole while it is read: 2 bytes for each sample. What each other kind takes for a pixel was
measured with Pillow 13 (`planes`, `strips`).
"""

import struct
from dataclasses import dataclass, replace
from typing import IO

from pointsbank.errors import Invalid
from pointsbank.photos import planes

MAXIMUM_FILE_BYTES = 64 * 1024 * 1024
MAXIMUM_BASELINE_PIXELS = 200_000_000
MAXIMUM_PIXELS = 24_000_000
MAXIMUM_SEARCHED = 13_000_000
"""Pixels that are searched at once: what most telephones take; larger photos are drawn smaller first."""

MAXIMUM_BYTES = 76_000_000
"""Bytes that decoding may take: 24 megapixels of a progressive JPEG as cameras write it."""

_THROUGH_PILLOW = {"WEBP": 17.0, "AVIF": 10.0}
"""Bytes a pixel where `planes` cannot draw."""

_WEBP_LOSSLESS, _AVIF_MAXIMUM = 5.5, 6.0

SMALLER = "请把相机的照片尺寸调小（例如1200万像素）再拍，或发一张截图。"
_OTHERS = (
    (b"%PDF", "PDF 文件", "请打开后截图，再发截图。"),
    (b"II*\0", "TIFF 图片", "请另存为 JPEG 再发，或发一张截图。"),
    (b"MM\0*", "TIFF 图片", "请另存为 JPEG 再发，或发一张截图。"),
    (b"II+\0", "TIFF 图片", "请另存为 JPEG 再发，或发一张截图。"),
    (b"BM", "BMP 图片", "请另存为 JPEG 再发，或发一张截图。"),
    (b"GIF8", "GIF 动图", "请发照片或截图。"),
    (b"PK", "压缩包或文档", "请发照片本身。"),
    (b"Rar!", "压缩包", "请解压后发照片本身。"),
)
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class PhotoKindUnknown(Invalid):
    """The file is of a kind from which no code is read."""

    code = "photo_kind_unknown"
    sentence = "这是{kind}，不能识别。{way}"
    fixed_by = "店员"
    at = ("photo",)


class PhotoTooLarge(Invalid):
    """The photo would take more memory than one photo may."""

    code = "photo_too_large"
    sentence = "这张照片太大（{size}）。{way}"
    fixed_by = "店员"
    at = ("photo",)


class PhotoCutOff(Invalid):
    """The file ends before the photo does."""

    code = "photo_cut_off"
    sentence = "照片没有传完整，请重新选择这张照片再发一次，或重新拍一张。"
    fixed_by = "店员"
    at = ("photo",)


@dataclass(frozen=True, slots=True)
class Kind:
    """A photo that may be drawn.

    Attributes:
        format: Pillow's name.
        scales: whether it can be drawn at a fraction of its size.
        whole: whether it may also be drawn at its full size, for a small code.
        data_from: where its picture begins in the file, a JPEG's or a WebP's.
        data_bytes: how long that is, of a WebP.
    """

    format: str
    width: int
    height: int
    scales: bool
    whole: bool
    colours: int = 3
    data_from: int = 0
    data_bytes: int = 0


def kind_of(file: IO[bytes], size: int) -> Kind:
    """Return what a file of `size` bytes is, or refuse it by its name, leaving the file at its beginning.

    Raises:
        PhotoKindUnknown: no JPEG, PNG, WebP or AVIF.
        PhotoTooLarge: it has too many pixels, or takes too many bytes.
        PhotoCutOff: it ends within its first lines.
    """
    if size > MAXIMUM_FILE_BYTES:
        raise PhotoTooLarge(size=f"超过{MAXIMUM_FILE_BYTES // 1024 // 1024}MB", way=SMALLER)
    file.seek(0)
    head = file.read(64)
    if not head:
        raise PhotoCutOff()
    try:
        found = _known(file, head, size)
    except (struct.error, IndexError):
        raise PhotoCutOff() from None
    finally:
        file.seek(0)
    return found


def _known(file: IO[bytes], head: bytes, size: int) -> Kind:
    if head.startswith(b"\xff\xd8"):
        return _jpeg(file)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp(file, head, size)
    if head[4:8] == b"ftyp":
        return _boxes(file, head, size)
    for start, kind, way in _OTHERS:
        if head.startswith(start):
            raise PhotoKindUnknown(kind=kind, way=way)
    raise PhotoKindUnknown(kind="别的文件，不是照片", way="请选择照片或截图。")


def _checked(form: str, width: int, height: int, *, bytes_per_pixel: float, file_bytes: int = 0) -> Kind:
    """A kind that is drawn whole or at half its size, if it may be."""
    pixels = width * height
    if pixels > MAXIMUM_PIXELS or pixels * bytes_per_pixel + file_bytes > MAXIMUM_BYTES:
        raise PhotoTooLarge(size=_megapixels(pixels), way=SMALLER)
    return Kind(form, width, height, scales=False, whole=pixels <= MAXIMUM_SEARCHED)


def _megapixels(pixels: int) -> str:
    return f"{max(1, round(pixels / 10_000)):,}万像素".replace(",", "")


def _png(head: bytes) -> Kind:
    """A PNG is drawn strip by strip, a byte for a pixel; if interlaced and large, at half its size.

    A palette and less than 8 bits a sample are drawn by Pillow, in one byte, and made grey, in another; a
    small interlaced one in four and one.
    """
    width, height, depth, colour, _, _, passes = struct.unpack_from(">IIBBBBB", head, 16)
    is_small = width * height <= MAXIMUM_SEARCHED
    each = 2 if colour == 3 or depth < 8 else 5 if passes and is_small else 1
    return _checked("PNG", width, height, bytes_per_pixel=each)


def _webp(file: IO[bytes], head: bytes, size: int) -> Kind:
    """A WebP by its first frame, which is all that is drawn; Pillow draws its canvas."""
    place = 12
    # Before it stand colours, transparency, what a camera wrote; a film's frames hold chunks of theirs.
    for _ in range(1000):
        file.seek(place)
        name, length = struct.unpack("<4sI", file.read(8))
        if name in (b"VP8 ", b"VP8L"):
            wide, high = _webp_size(name, file.read(10))
            break
        place += 8 + (16 if name == b"ANMF" else length + length % 2)
    else:
        raise PhotoCutOff()
    if not planes.can_draw("WEBP"):
        if head[12:16] == b"VP8X":
            wide, high = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
        return _checked("WEBP", wide, high, bytes_per_pixel=_THROUGH_PILLOW["WEBP"], file_bytes=2 * size)
    each = 1.5 if name == b"VP8 " else _WEBP_LOSSLESS
    kind = _checked("WEBP", wide, high, bytes_per_pixel=each, file_bytes=length)
    return replace(kind, data_from=place + 8, data_bytes=length)


def _webp_size(name: bytes, frame: bytes) -> tuple[int, int]:
    """Width and height of a frame by its beginning."""
    if name == b"VP8L":
        (bits,) = struct.unpack_from("<I", frame, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    wide, high = struct.unpack_from("<HH", frame, 6)
    return wide & 0x3FFF, high & 0x3FFF


def _boxes(file: IO[bytes], head: bytes, size: int) -> Kind:
    """AVIF is drawn; its sister HEIC and films, which are in the same boxes, are named."""
    (length,) = struct.unpack_from(">I", head, 0)
    brands = {head[place : place + 4] for place in range(8, min(length, len(head)), 4)}
    if b"avif" in brands or b"avis" in brands:
        file.seek(0)
        return _avif(file.read(64 * 1024), size)
    if brands & _HEIC:
        way = "请把手机相机的格式改成兼容性最佳（JPEG）再拍，或发一张截图。"
        raise PhotoKindUnknown(kind="HEIC 照片（手机相机的高效格式）", way=way)
    raise PhotoKindUnknown(kind="视频", way="请发照片或截图。")


def _avif(start: bytes, size: int) -> Kind:
    """An AVIF by its largest picture; a grid of tiles declares itself too. Its file is kept meanwhile."""
    sizes = [struct.unpack_from(">II", start, place + 8) for place in _places(start, b"ispe")]
    if not sizes:
        raise PhotoCutOff()
    wide, high = max(sizes, key=lambda each: each[0] * each[1])
    if not planes.can_draw("AVIF"):
        return _checked("AVIF", wide, high, bytes_per_pixel=_THROUGH_PILLOW["AVIF"], file_bytes=2 * size)
    # One plane of brightness, up to two of colours, and transparency is a picture of its own.
    coded = [_av1_bytes_per_pixel(start[place + 6]) for place in _places(start, b"av1C")]
    each = max(coded, default=_AVIF_MAXIMUM) + (1 if len(_places(start, b"auxC")) else 0)
    return _checked("AVIF", wide, high, bytes_per_pixel=each, file_bytes=size)


def _places(start: bytes, name: bytes) -> list[int]:
    """Where properties of a name stand."""
    found, place = [], start.find(name)
    while place >= 0:
        found.append(place)
        place = start.find(name, place + 4)
    return found


def _av1_bytes_per_pixel(bits: int) -> float:
    """Bytes that dav1d takes for a pixel: samples over 8 bits lie in two, colours may be at half size."""
    is_deep, is_grey, halved_across, halved_down = (bits >> shift & 1 for shift in (6, 4, 3, 2))
    colours = 0 if is_grey else 2 / ((1 + halved_across) * (1 + halved_down))
    return (1 + is_deep) * (1 + colours)


_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def _jpeg(file: IO[bytes]) -> Kind:
    """A JPEG by its frame and its first scan."""
    file.seek(2)
    frame: tuple[int, int, int, list[int]] | None = None
    for _ in range(2000):
        marker = _next_marker(file)
        if marker in _STANDALONE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if marker == 0xDA and frame is not None:
            kind = _jpeg_kind(frame, colours_at_once=file.read(1)[0])
            return replace(kind, data_from=file.tell())
        if marker in _FRAMES:
            body = file.read(length - 2)
            _, high, wide, count = struct.unpack_from(">BHHB", body)
            frame = (marker, wide, high, [body[7 + 3 * number] for number in range(count)])
        else:
            file.seek(length - 2, 1)
    raise PhotoCutOff()


def _next_marker(file: IO[bytes]) -> int:
    """The next marker; filling bytes before it are passed over."""
    while file.read(1)[0] != 0xFF:
        pass
    marker = 0xFF
    while marker == 0xFF:
        marker = file.read(1)[0]
    return marker


def _jpeg_kind(frame: tuple[int, int, int, list[int]], *, colours_at_once: int) -> Kind:
    marker, wide, high, sampling = frame
    pixels, colours = wide * high, len(sampling)
    if marker in (0xC0, 0xC1) and colours_at_once == colours:
        if pixels > MAXIMUM_BASELINE_PIXELS:
            raise PhotoTooLarge(size=_megapixels(pixels), way=SMALLER)
        whole = pixels <= MAXIMUM_SEARCHED and colours != 4
        return Kind("JPEG", wide, high, scales=True, whole=whole, colours=colours)
    areas = [(sample >> 4) * (sample & 15) for sample in sampling]
    samples = sum(areas) / max(1, max(areas, default=1))
    kept = 2 * samples * pixels
    if pixels > MAXIMUM_PIXELS or kept > MAXIMUM_BYTES:
        raise PhotoTooLarge(size=f"{_megapixels(pixels)}，渐进式 JPEG", way=SMALLER)
    whole = pixels <= MAXIMUM_SEARCHED and colours != 4
    return Kind("JPEG", wide, high, scales=True, whole=whole, colours=colours)
