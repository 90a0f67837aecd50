"""Says what font files draw, script by script, and draws a sample of it to look at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from fontTools import ttLib

from pointsbank.printing.fonts import FontSet, printable
from pointsbank.printing.glyphs import BOLD
from pointsbank.printing.outlines import drawn_points
from pointsbank.printing.paper import GREY, Paper
from pointsbank.printing.passages import Passage
from pointsbank.printing.scripts import COMMON, is_set_alone, script_in_words, script_of

_SHEET = (210.0, 297.0)
_MARGIN = 18.0
_SHOWN = 40
_NAMES = 60

HEADINGS = ("字体试印", "画得出的文字", "村里名字中新画得出的", "没有新画得出的名字")
"""Fixed words of the sample; its fonts are cut to hold them."""


def scripts_of(files: Iterable[Path]) -> dict[str, int]:
    """Return how many characters of each script the files draw together, most first; symbols left out.

    Raises:
        FontUnusable: a file cannot be printed with.

    Example:
        scripts_of([noto_sans_sc])  # {"Hani": 30885, "Latn": 320, "Hira": 93, …}
    """
    return dict(_scripts_of(tuple(map(drawn_points, files))))


@lru_cache(maxsize=4)
def _scripts_of(points: tuple[frozenset[int], ...]) -> tuple[tuple[str, int], ...]:
    """Return the same; a page asks for it whenever it is opened."""
    counted = Counter(script_of(chr(point)) for point in frozenset[int]().union(*points))
    return tuple(pair for pair in counted.most_common() if pair[0] not in (COMMON, "Zinh"))


def scripts_not_joined(file: Path) -> list[str]:
    """Return the scripts that a file has characters of, and that we would set unjoined: so none is drawn.

    Raises:
        FontUnusable: the file cannot be printed with.
    """
    drawn_points(file)
    with ttLib.TTFont(file, lazy=True, fontNumber=0) as font:
        characters = [chr(point) for point in font.getBestCmap()]
    astray = Counter(script_of(one) for one in characters if not is_set_alone(one))
    return [script for script, _ in astray.most_common() if script not in (COMMON, "Zinh", "Zzzz")]


def samples_of(file: Path) -> list[tuple[str, str]]:
    """Return a line for each script that a file draws: its Chinese name, and some characters of it.

    Raises:
        FontUnusable: the file cannot be printed with.
    """
    lines: dict[str, list[str]] = {}
    for character in map(chr, sorted(drawn_points(file))):
        some = lines.setdefault(script_of(character), [])
        if len(some) < _SHOWN and printable(character).strip():
            some.append(character)
    lines.pop(COMMON, None)
    return [(script_in_words(script), "".join(some)) for script, some in lines.items() if some]


def draw_sample(
    out: BinaryIO, case: FontSet, *, name: str, samples: Sequence[tuple[str, str]], names: Sequence[str]
) -> None:
    """Write a page with some characters of each script, and the village's own names that a file adds.

    Args:
        name: the file's, as it is shown.
        samples: as `samples_of` returns them.
        names: of the village; the first 60 are drawn.
    """
    title, drawn, added, none = HEADINGS
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=title)
    wide, y = _SHEET[0] - 2 * _MARGIN, 30.0
    paper.text(_MARGIN, y, f"{title}  {name}", size=18, weight=BOLD, fit=wide)
    for heading, lines in ((drawn, samples), (added if names else none, [("", "、".join(names[:_NAMES]))])):
        y += 14
        paper.text(_MARGIN, y, heading, size=13, weight=BOLD)
        for label, characters in lines:
            if y > _SHEET[1] - 50:
                break
            y += 7
            paper.text(_MARGIN, y, label, size=9, ink=GREY, fit=wide)
            passage = Passage(case, characters, width=wide, size=15, lines=6 if not label else 2)
            y = passage.draw(paper, _MARGIN, y + 2) + 2
    paper.turn()
    paper.finish()
