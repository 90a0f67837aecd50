"""The stub file of a village (存根): one line for each of the last entries of its log, kept outside the data.

A line is canonical JSON, a space, the first 16 hex digits of its SHA-256, a line feed. The first line names
the format and the village, each other one an entry: `i` its number, `k` its kind, `q` the SHA-256 of its
request id or null, `r` the root of the log up to and including it, `t` its moment. No names, no amounts, no
reasons: who finds the stick learns when something was sold, and not to whom.

The trick is to tell a power cut from damage. A cut leaves lines at the end that cannot be read, and that is
all: the entry was committed before its line was begun, so the log must hold at least one more than can be
read. A line that cannot be read *before* one that can is damage.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pointsbank.ledger import Appended, canonical
from pointsbank.merkle import EMPTY_ROOT

FORMAT = "pointsbank-watermark-v1"
KEPT = 1000
"""Entries of each village that a stub keeps at least; it is rewritten when it has twice as many."""
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry as the stub has it: number, kind, moment, digest of the request id, root; all as text."""

    index: int
    kind: str
    moment: str
    request: str | None
    root: str


BEGUN = Mark(-1, "begun", "", None, EMPTY_ROOT.hex())
"""Stands before the first entry: a stub that was cut off has no mark at all, a new one has this."""


@dataclass(frozen=True, slots=True)
class Stub:
    """What a stub file says, as far as it can be read.

    `cut`: its end cannot be read, as after a power cut. `damaged`: something before its end cannot.
    """

    marks: tuple[Mark, ...]
    cut: bool = False
    damaged: bool = False

    @property
    def size(self) -> int:
        """The number of entries that the log must have at least."""
        return (self.marks[-1].index + 1 if self.marks else 0) + self.cut


def marks_of(appended: Appended, *, last: int = KEPT) -> list[Mark]:
    """Return the marks of what was added to a log, of the last so many entries."""
    rest = max(0, len(appended.entries) - last)
    tree = appended.before.extend(entry.leaf for entry in appended.entries[:rest])
    marks = []
    for entry in appended.entries[rest:]:
        tree = tree.append(entry.leaf)
        moment = entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        marks.append(Mark(entry.index, entry.kind, moment, _digest(entry.request), tree.root.hex()))
    return marks


def head_line(village: str) -> bytes:
    """Return the first line of a village's stub."""
    return _line({"format": FORMAT, "vil": village})


def lines_of(marks: Sequence[Mark]) -> bytes:
    """Return the lines of these marks."""
    return b"".join(
        _line({"i": one.index, "k": one.kind, "q": one.request, "r": one.root, "t": one.moment})
        for one in marks
    )


def read_stub(content: bytes, *, village: str) -> Stub:
    """Return what a stub file of this village says, however much of it is spoiled.

    Example:
        >>> mark = Mark(7, "award", "2026-09-01T02:00:00Z", None, "ab" * 32)
        >>> content = head_line("chayuan") + lines_of([mark])
        >>> read_stub(content, village="chayuan") == Stub((mark,))
        True
        >>> read_stub(content + b"cut", village="chayuan") == Stub((mark,), cut=True)
        True
        >>> read_stub(content[5:], village="chayuan").damaged
        True
    """
    first, *rest = content.splitlines(keepends=True) or [b""]
    marks = [_mark(line) for line in rest]
    known = [one for one in marks if one is not None]
    spoilt_end = bool(marks) and marks[-1] is None
    while marks and marks[-1] is None:
        marks.pop()
    in_order = all(one.index == known[0].index + place for place, one in enumerate(known))
    # A stub begins with a mark: one that has none was cut off and vouches for nothing.
    whole = first == head_line(village) and bool(marks) and None not in marks and in_order
    return Stub(tuple(known), cut=spoilt_end, damaged=not whole)


def _digest(request: str | None) -> str | None:
    """Return the digest of a request id: a till that still has the id can be told whether it was kept."""
    return None if request is None else hashlib.sha256(request.encode()).hexdigest()


def _line(value: dict[str, Any]) -> bytes:
    """Return one line with its checksum."""
    text = canonical(value)
    return text + b" " + _checksum(text) + b"\n"


def _checksum(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:_DIGITS].encode()


def _mark(line: bytes) -> Mark | None:
    """Return the mark of a line, or None if it is not as it was written."""
    text, _, checksum = line.rpartition(b" ")
    if checksum != _checksum(text) + b"\n":
        return None
    try:
        value = json.loads(text)
        return Mark(value["i"], value["k"], value["t"], value["q"], value["r"])
    except (ValueError, KeyError, TypeError):
        return None
