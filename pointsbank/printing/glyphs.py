"""Cuts a font down to the characters that will be printed, at two weights, and keeps it for next time."""

import contextlib
import hashlib
import io
import logging
from collections.abc import Set
from functools import lru_cache
from pathlib import Path

from fontTools import subset, ttLib
from fontTools.varLib import instancer

from pointsbank.durable import writing_whole

log = logging.getLogger("pointsbank")

REGULAR = 400
BOLD = 700
_KEPT = 40
_DIGEST_BYTES = 32
# Tables that only shaping, hinting and vertical setting need.
_UNUSED = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx", "gasp", "kern", "meta", "MVAR"]


def cut_faces(path: Path, characters: Set[int], *, cache: Path) -> dict[int, bytes]:
    """Return the font at weights 400 and 700 with only these characters, from the cache where it is there."""
    digest = hashlib.sha256(b"pointsbank-face-1\n" + _digest(path))
    digest.update(",".join(map(str, sorted(characters))).encode())
    key = digest.hexdigest()[:16]
    files = {weight: cache / f"{key}-{weight}.face" for weight in (REGULAR, BOLD)}
    kept = {weight: face for weight, file in files.items() if (face := _read(file))}
    if len(kept) == len(files):
        return kept
    # First the characters, then the weight: the other order instances 30,000 glyphs and takes a minute.
    small = _only(path, characters)
    name = f"{path.stem.partition('[')[0]}-{key[:8]}"
    faces = {weight: _at_weight(small, weight, f"{name}-{weight}") for weight in files}
    for weight, face in faces.items():
        _keep(files[weight], face)
    _forget_oldest(cache)
    return faces


def _digest(path: Path) -> bytes:
    state = path.stat()
    return _digest_of(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _digest_of(path: Path, _changed: int, _size: int) -> bytes:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest().encode()


def _only(path: Path, characters: Set[int]) -> bytes:
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += _UNUSED
    font = ttLib.TTFont(path, lazy=True, recalcTimestamp=False, fontNumber=0)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return _bytes(font)


def _at_weight(small: bytes, weight: int, name: str) -> bytes:
    font = ttLib.TTFont(io.BytesIO(small), recalcTimestamp=False)
    if "fvar" in font:
        axes = {axis.axisTag: axis for axis in font["fvar"].axes}
        places = {tag: axis.defaultValue for tag, axis in axes.items()}
        if "wght" in axes:
            places["wght"] = min(max(weight, axes["wght"].minValue), axes["wght"].maxValue)
        instancer.instantiateVariableFont(font, places, inplace=True)
    # Both weights of a variable font keep its one PostScript name and would collide in a PDF.
    if "name" not in font:
        font["name"] = ttLib.newTable("name")
    font["name"].names = []
    for identifier, words in ((1, name), (2, "Regular"), (4, name), (6, name)):
        font["name"].setName(words, identifier, 3, 1, 0x409)
    return _bytes(font)


def _bytes(font: ttLib.TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _read(file: Path) -> bytes | None:
    """Return a kept face, or None if it is not as it was written: then it is cut again."""
    try:
        kept = file.read_bytes()
    except OSError:
        return None
    digest, face = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
    # A wrong outline prints a wrong name, and no reader of the PDF would say so.
    if hashlib.sha256(face).digest() == digest:
        return face
    log.warning("字体缓存 %s 已损坏，没有使用，已重新裁切。", file)
    return None


def _keep(file: Path, face: bytes) -> None:
    # A cache that cannot be written (full disk, Windows holding the file) only costs time.
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with writing_whole(file) as out:
            out.write(hashlib.sha256(face).digest() + face)


def _forget_oldest(cache: Path) -> None:
    with contextlib.suppress(OSError):
        # Faces without their digest were kept by earlier versions.
        files = [*cache.glob("*.face"), *cache.glob("*.ttf")]
        files.sort(key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_KEPT:]:
            file.unlink()
