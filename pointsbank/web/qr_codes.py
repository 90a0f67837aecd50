"""A QR code on a page: one path of SVG, drawn here, so that no secret travels to anybody who draws codes."""

import re
from typing import TYPE_CHECKING

from pointsbank.lazy import LazyModule

if TYPE_CHECKING:
    from pointsbank import printing
else:
    # It loads what draws paper, which a server needs only when somebody prints.
    printing = LazyModule("pointsbank.printing")

_RUN = re.compile(r"(\d+) (\d+) (\d+) 1 re")


def svg_path(content: str) -> tuple[int, str]:
    """Return modules a side with the blank margin, and the path of a code's dark modules, y downwards.

    Raises:
        CodeTooLong: the content does not fit.
    """
    modules, runs = printing.path(content)
    quiet, top = printing.QUIET, modules - 1
    dark = (
        f"M{quiet + int(x)} {quiet + top - int(y)}h{width}v1h-{width}z" for x, y, width in _RUN.findall(runs)
    )
    return modules + 2 * quiet, "".join(dark)
