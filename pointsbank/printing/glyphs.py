"""Cuts a font down to the characters that will be printed, at two weights, and keeps it for next time."""

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Set
from functools import lru_cache
from pathlib import Path

from fontTools import subset, ttLib
from fontTools.varLib import instancer

REGULAR = 400
BOLD = 700
_KEPT = 40
# Tables that only shaping, hinting and vertical setting need.
_UNUSED = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx", "gasp", "kern", "meta", "MVAR"]


@lru_cache(maxsize=8)
def covered(path: Path) -> frozenset[int]:
    """Return the code points a font file can draw."""
    with ttLib.TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def cut_faces(path: Path, characters: Set[int], *, cache: Path) -> dict[int, bytes]:
    """Return the font at weights 400 and 700 with only these characters, from the cache where it is there."""
    digest = hashlib.sha256(b"pointsbank-face-1\n" + _digest(path))
    digest.update(",".join(map(str, sorted(characters))).encode())
    key = digest.hexdigest()[:16]
    files = {weight: cache / f"{key}-{weight}.ttf" for weight in (REGULAR, BOLD)}
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


@lru_cache(maxsize=8)
def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).hexdigest().encode()


def _only(path: Path, characters: Set[int]) -> bytes:
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += _UNUSED
    font = ttLib.TTFont(path, lazy=True, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return _bytes(font)


def _at_weight(small: bytes, weight: int, name: str) -> bytes:
    font = ttLib.TTFont(io.BytesIO(small), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    # Both weights of a variable font keep its one PostScript name and would collide in a PDF.
    font["name"].names = []
    for identifier, words in ((1, name), (2, "Regular"), (4, name), (6, name)):
        font["name"].setName(words, identifier, 3, 1, 0x409)
    return _bytes(font)


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
