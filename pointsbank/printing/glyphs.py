"""Cuts a font down to the characters that will be printed, at two weights, and keeps it for next time."""

import contextlib
import hashlib
import io
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from fontTools import subset, ttLib
from fontTools.varLib import instancer

REGULAR = 400
BOLD = 700
_KEPT = 40
_TABLES = [
    "BASE",
    "GDEF",
    "GPOS",
    "GSUB",
    "STAT",
    "VORG",
    "vhea",
    "vmtx",
    "DSIG",
    "gasp",
    "kern",
    "meta",
    "MVAR",
]


def covered(path: Path) -> frozenset[int]:
    """Return the code points a font file can draw."""
    return _covered(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _covered(path: Path, changed_at: int) -> frozenset[int]:
    with ttLib.TTFont(path, lazy=True, fontNumber=0) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=8)
def _digest(path: Path, changed_at: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cut_faces(path: Path, characters: frozenset[int], *, cache: Path) -> dict[int, bytes]:
    """Return the font at weights 400 and 700 with only these characters, from the cache where it is there."""
    key = _key(path, characters)
    files = {weight: cache / f"{key}-{weight}.ttf" for weight in (REGULAR, BOLD)}
    kept = {weight: _read(file) for weight, file in files.items()}
    found = {weight: face for weight, face in kept.items() if face}
    if len(found) == len(files):
        return found
    faces = _cut(path, characters, key)
    for weight, face in faces.items():
        _keep(files[weight], face)
    _forget_oldest(cache)
    return faces


def _key(path: Path, characters: frozenset[int]) -> str:
    digest = hashlib.sha256(b"pointsbank-face-1\n")
    digest.update(_digest(path, path.stat().st_mtime_ns).encode())
    digest.update(",".join(map(str, sorted(characters))).encode())
    return digest.hexdigest()[:16]


def _cut(path: Path, characters: frozenset[int], key: str) -> dict[int, bytes]:
    # First the characters, then the weight: the other order instances 30,000 glyphs and takes a minute.
    small = _only(path, characters)
    return {weight: _at_weight(small, weight, f"{_family(path)}-{key[:8]}") for weight in (REGULAR, BOLD)}


def _only(path: Path, characters: frozenset[int]) -> bytes:
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += _TABLES
    font = ttLib.TTFont(path, lazy=True, fontNumber=0, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return _bytes(font)


def _at_weight(small: bytes, weight: int, family: str) -> bytes:
    font = ttLib.TTFont(io.BytesIO(small), recalcTimestamp=False)
    if "fvar" in font:
        place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        for axis in font["fvar"].axes:
            if axis.axisTag == "wght":
                place["wght"] = min(max(weight, axis.minValue), axis.maxValue)
        font = instancer.instantiateVariableFont(font, place, inplace=True)
    _rename(font, f"{family}-{weight}")
    return _bytes(font)


def _rename(font: ttLib.TTFont, name: str) -> None:
    # Both weights of a variable font keep its one PostScript name and would collide in a PDF.
    font["name"].names = []
    for identifier in (1, 4, 6):
        font["name"].setName(name, identifier, 3, 1, 0x409)
    font["name"].setName("Regular", 2, 3, 1, 0x409)


def _family(path: Path) -> str:
    return "".join(c for c in path.stem.partition("[")[0] if c.isascii() and c.isalnum())[:30] or "Face"


def _bytes(font: ttLib.TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _read(file: Path) -> bytes | None:
    try:
        face = file.read_bytes()
    except OSError:
        return None
    # A face kept while the power failed may be cut short: its own directory says how long it has to be.
    try:
        with ttLib.TTFont(io.BytesIO(face), lazy=True) as font:
            whole = all(e.offset + e.length <= len(face) for e in font.reader.tables.values())
    except (ttLib.TTLibError, OSError):
        return None
    return face if whole else None


def _keep(file: Path, face: bytes) -> None:
    # A cache that cannot be written (full disk, Windows holding the file) only costs time.
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "wb") as part:
            part.write(face)
        os.replace(name, file)


def _forget_oldest(cache: Path) -> None:
    with contextlib.suppress(OSError):
        files = sorted(cache.glob("*.ttf"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_KEPT:]:
            file.unlink()
