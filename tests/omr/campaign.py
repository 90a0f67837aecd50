"""Reads many made-up photos of filled sheets and counts what became of their boxes.

.venv/bin/python -m tests.omr.campaign [--photos 250] [--seed WORD] [--first 0] [--keep DIR]

One line a photo says how it was taken and filled in, and what was asked and misread; the last lines are the
totals: pens that write, the failing ballpoint and spoilt marks apart. Thresholds were set on the seed `tune`;
what is reported comes from others.
"""

import argparse
import io
import pickle
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

from pointsbank import sheets
from pointsbank.errors import Problem
from pointsbank.omr.layout import MAXIMUM_COLUMNS
from pointsbank.omr.reading import SheetReading, read_sheet
from pointsbank.printing import Fonts
from tests.omr.photographing import (
    FAILING,
    HANDS,
    MEGAPIXELS,
    PENS,
    SCALE,
    Conditions,
    Marked,
    conditions,
    filled,
    photographed,
)

WRITES, FAILS, SPOILT = "pens that write", "failing ballpoint", "spoilt marks"


class Photo(NamedTuple):
    """A photo, how it was taken, and what stands on it."""

    jpeg: bytes
    how: Conditions
    marked: Marked


def printed_page(fonts: Fonts, *, rows: int = 58, page: int = 0) -> Image.Image:
    """A printed score sheet of so many households, as a picture of 10 points a millimetre."""
    out = io.BytesIO()
    sheet = sheets.find("sheet")
    sheet.render(sheet.example(rows), fonts=fonts, out=out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        return document[page].render(scale=SCALE * 25.4 / 72).to_pil().convert("RGB")
    finally:
        document.close()


def made(page: Image.Image, *, seed: str, number: int, rows: int = 58) -> Photo:
    """Photo `number` of a seed: pens, hands and sizes in turn, everything else drawn."""
    dice = random.Random(f"{seed} {number}")
    pen, hand = list(PENS)[number % len(PENS)], HANDS[number // len(PENS) % len(HANDS)]
    sheet, marked = filled(page, dice, rows=rows, columns=MAXIMUM_COLUMNS, pen=pen, hand=hand)
    how = conditions(dice, megapixels=MEGAPIXELS[number % len(MEGAPIXELS)])
    return Photo(photographed(sheet, how, dice), how, marked)


@dataclass
class Totals:
    """What became of photos and boxes."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    boxes: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def read(self, photo: Photo) -> str:
        """Read a photo, count its boxes, and return what became of it."""
        began = time.process_time()
        try:
            reading = read_sheet(io.BytesIO(photo.jpeg))
        except Problem as problem:
            self.refused[problem.code] += 1
            return f"refused {problem.code}"
        finally:
            self.seconds.append(time.process_time() - began)
        self.accepted += 1
        return self._count(reading, photo.marked)

    def _count(self, reading: SheetReading, marked: Marked) -> str:
        asked, misread = 0, []
        for box in reading.boxes:
            place = (box.row, box.column)
            kind = FAILS if marked.pen == FAILING else WRITES
            kind = SPOILT if place in marked.spoilt else kind
            self.boxes[kind] += 1
            if box.is_asked:
                self.asked[kind] += 1
                asked += 1
            elif box.answer != meant(marked, place):
                self.wrong[kind] += 1
                misread.append(f"{place} {marked.marks.get(place, 'nothing')} read as {box.answer}")
        return f"asked {asked} misread {misread or 0}"

    @property
    def photos(self) -> int:
        """How many were read or refused."""
        return self.accepted + self.refused.total()

    @property
    def share_accepted(self) -> float:
        """Of all photos."""
        return self.accepted / self.photos

    def share_asked(self, kind: str) -> float:
        """Of the boxes of a kind."""
        return self.asked[kind] / max(1, self.boxes[kind])

    def lines(self) -> Iterator[str]:
        """The totals in words."""
        yield f"photos {self.photos} accepted {self.accepted} = {self.share_accepted:.1%}"
        yield f"refused {dict(self.refused)}"
        for kind in (WRITES, FAILS, SPOILT):
            yield (
                f"{kind}: boxes {self.boxes[kind]:,} asked {self.asked[kind]} = {self.share_asked(kind):.2%}"
                f" read wrong and not asked {self.wrong[kind]}"
            )
        seconds = sorted(self.seconds)
        yield (
            f"processor seconds a sheet: median {statistics.median(seconds):.2f}"
            f" 95 % under {seconds[int(len(seconds) * 0.95)]:.2f} longest {seconds[-1]:.2f}"
        )


def meant(marked: Marked, place: tuple[int, int]) -> str:
    """What a box says if nobody is asked: a mark that was struck out again is none."""
    return "empty" if marked.marks.get(place, "crossed out") == "crossed out" else "marked"


def main() -> None:
    """Make the photos that are not kept yet, and read them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=250, help="how many: 250 are 200 by pens that write")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--seed", default="report", help="`tune` is what thresholds were set on")
    parser.add_argument("--keep", type=Path, help="a folder that keeps photos for the next time")
    parser.add_argument("--only-make", action="store_true", help="make and keep them, read none")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as faces:
        page = printed_page(Fonts(Path(faces)))
    totals = Totals()
    for number in range(options.first, options.first + options.photos):
        photo = _kept(page, options.seed, number, options.keep)
        if options.only_make:
            continue
        outcome = totals.read(photo)
        print(f"{number} {photo.marked.pen} {photo.marked.hand} {photo.how} | {outcome}", flush=True)  # noqa: T201
    for line in totals.lines() if totals.photos else ():
        print(line)  # noqa: T201


def _kept(page: Image.Image, seed: str, number: int, folder: Path | None) -> Photo:
    """The photo from the folder, or made and put there."""
    if folder is None:
        return made(page, seed=seed, number=number)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{seed}-{number}.pickle"
    if file.exists():
        return pickle.loads(file.read_bytes())  # type: ignore[no-any-return]
    photo = made(page, seed=seed, number=number)
    file.write_bytes(pickle.dumps(photo))
    return photo


if __name__ == "__main__":
    main()
