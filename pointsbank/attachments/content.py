"""What a file is by its bytes, and whether it holds anything beside its picture: pure, nothing is drawn.

Whatever is kept has been drawn anew before (`photos.redrawing`). That a caller forgot to is found here: a
JPEG or PNG that a camera or an editor wrote has parts in which stand place, time and names.
"""

import struct
from collections.abc import Iterator

from pointsbank.errors import Invalid
from pointsbank.labels.media_type import MEDIA_TYPE

MAXIMUM_BYTES = 300_000
"""Bytes of one attachment."""

# JFIF's head and Adobe's word on colours say how points are read; every other APPn and COM is somebody's.
_BARE_SEGMENTS = {0xE0, 0xEE}
_BARE_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}


class AttachmentTooLarge(Invalid):
    """The file is larger than an attachment may be, or empty."""

    code = "attachment_too_large"
    sentence = "附件应在1字节至{most}kB之间，这一份有{size}kB。照片请直接上传，程序会缩小。"
    fixed_by = "本人"
    at = ("photos", "photo")


class AttachmentKindUnknown(Invalid):
    """By its content the file is no JPEG, PNG or PDF, or none that is taken here."""

    code = "attachment_kind_unknown"
    sentence = "这份附件不是能收的格式（{kinds}），请换成照片再上传。"
    fixed_by = "本人"
    at = ("photos", "photo")


class AttachmentNotBare(Invalid):
    """The picture still holds what a camera wrote beside it, such as the place."""

    code = "attachment_not_bare"
    sentence = "这张照片还带着拍摄地点等信息，没有收下。请直接上传原来的照片，程序会自动去掉。"
    fixed_by = "本人"
    at = ("photos", "photo")


def media_type_of(content: bytes) -> str | None:
    """Return what a file is by its first bytes, one of `MEDIA_TYPE`; None for anything else.

    Example:
        >>> media_type_of(b"%PDF-1.7"), media_type_of(b"GIF89a")
        ('application/pdf', None)
    """
    starts = dict(zip((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"), MEDIA_TYPE.codes, strict=True))
    return next((kind for start, kind in starts.items() if content.startswith(start)), None)


def check_content(content: bytes, media_types: tuple[str, ...]) -> str:
    """Return the media type of what may be kept.

    Args:
        media_types: those of `MEDIA_TYPE` that are taken here.

    Raises:
        AttachmentTooLarge: it is empty or has more than 300,000 bytes.
        AttachmentKindUnknown: it is of none of these types.
        AttachmentNotBare: it is a picture with more in its file than its points.
    """
    if not 0 < len(content) <= MAXIMUM_BYTES:
        raise AttachmentTooLarge(most=MAXIMUM_BYTES // 1000, size=len(content) // 1000)
    found = media_type_of(content)
    if found is None or found not in media_types:
        raise AttachmentKindUnknown(kinds="、".join(map(MEDIA_TYPE.name, media_types)))
    if not is_bare(content):
        raise AttachmentNotBare()
    return found


def is_bare(content: bytes) -> bool:
    """Return whether a picture's file holds its points and no words, places or further pictures.

    Of a PDF nothing is known: it is bare.

    Example:
        >>> is_bare(b"\\xff\\xd8\\xff\\xe1\\x00\\x04XX\\xff\\xd9")
        False
    """
    try:
        if content.startswith(b"\xff\xd8"):
            return set(_segments(content)) <= _BARE_SEGMENTS
        if content.startswith(b"\x89PNG"):
            return set(_chunks(content)) <= _BARE_CHUNKS
    except (struct.error, IndexError):
        return False
    return True


def _segments(content: bytes) -> Iterator[int]:
    """Yield the APPn and COM markers before a JPEG's picture, and -1 for bytes behind its end."""
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker in _WITHOUT_LENGTH:
            place += 2
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            yield marker
        place += 2 + length
        if marker == 0xDA:
            # A film or a second picture hangs behind the end mark.
            if content.find(b"\xff\xd9", place) != len(content) - 2:
                yield -1
            return
    yield -1


def _chunks(content: bytes) -> Iterator[bytes]:
    """Yield the names of a PNG's chunks, and nothing's name for bytes behind its end."""
    place = 8
    while place < len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        yield name
        place += 12 + length
        if name == b"IEND":
            break
    if place != len(content):
        yield b""
