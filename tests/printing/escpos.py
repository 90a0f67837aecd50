"""A receipt printer of our own: it reads a slip's bytes as a printer does, and stops at any other."""

from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import Image

DOTS = {58: 384, 80: 576}
"""How many dots a printer for paper of so many mm has on a line."""

_SIZES = {b"\x1d!": {0x00: 1, 0x11: 2}, b"\x1c!": {0x00: 1, 0x0C: 2}}


class Letter(NamedTuple):
    """A letter, how many times as large as the others, and whether it is heavy."""

    one: str
    times: int
    heavy: bool


class Line(list[Letter]):
    """The letters of a line."""

    @property
    def text(self) -> str:
        """All of them."""
        return "".join(letter.one for letter in self)

    @property
    def large(self) -> str:
        """Those twice as large."""
        return "".join(letter.one for letter in self if letter.times == 2)

    @property
    def heavy(self) -> str:
        """Those that are heavy."""
        return "".join(letter.one for letter in self if letter.heavy)


@dataclass
class Printed:
    """What stands on the paper, from above: lines of words, and pictures where a bit set is a dot burnt."""

    parts: list[Line | Image.Image] = field(default_factory=list)
    cut: bool = False

    @property
    def lines(self) -> list[Line]:
        """The lines of words."""
        return [part for part in self.parts if isinstance(part, Line)]

    @property
    def pictures(self) -> list[Image.Image]:
        """The pictures."""
        return [part for part in self.parts if isinstance(part, Image.Image)]


def printed(data: bytes, *, width: int) -> Printed:
    """Read a slip's bytes; fails where there is no command known here, or a line wider than the paper."""
    paper, line, used, heavy = Printed(), Line(), 0, False
    sizes = dict.fromkeys(_SIZES, 1)
    assert data.startswith(b"\x1b@\x1c&"), "reset, then Chinese"
    at = 4
    while at < len(data):
        command = data[at : at + 2]
        assert not paper.cut, "nothing comes behind the cut"
        if command in _SIZES:
            sizes[command] = _SIZES[command][data[at + 2]]
            at += 3
        elif command == b"\x1bE":
            heavy, at = {0: False, 1: True}[data[at + 2]], at + 3
        elif command == b"\x1bJ":
            at += 3
        elif command == b"\x1dV":
            assert data[at + 2 : at + 4] == b"\x42\x00"
            paper.cut, at = True, at + 4
        elif command == b"\x1dv":
            assert data[at + 2 : at + 4] == b"0\x00" and not used, "dots begin at the left edge"
            across, high = (int.from_bytes(data[at + start : at + start + 2], "little") for start in (4, 6))
            assert across * 8 == DOTS[width] and 0 < high < 2304
            at, bits = at + 8 + across * high, data[at + 8 : at + 8 + across * high]
            paper.parts.append(Image.frombytes("1", (across * 8, high), bits))
        elif data[at] == 0x0A:
            paper.parts.append(line)
            line, used, at = Line(), 0, at + 1
        else:
            assert data[at] >= 0x20 and data[at] != 0x7F, f"no command: {command!r}"
            length = 1 if data[at] < 0x80 else 2
            one = data[at : at + length].decode("gb18030")
            times = sizes[b"\x1d!" if length == 1 else b"\x1c!"]
            used += 12 * length * times
            assert used <= DOTS[width], f"{line.text}{one} is wider than the paper"
            line.append(Letter(one, times, heavy))
            at += length
    return paper
