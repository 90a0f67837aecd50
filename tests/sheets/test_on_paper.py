"""Each sheet of the register on paper: empty, usual and with the longest words, drawn once for all tests."""

import io
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from pointsbank import sheets
from pointsbank.printing import BOLD
from tests.printing.reading import codes_on
from tests.sheets.onpaper import OF_NAMES, OneCut, Print, Run, runs_on
from tests.sheets.test_every_sheet import names_in

STATES = ("empty", "usual", "overfull")
SHEETS = {sheet.name: sheet for sheet in sheets.every()}
PICTURES = Path(__file__).parent / "pictures"
every = pytest.mark.parametrize("name", SHEETS)

MAY_SHORTEN = {
    "sheet": "rows are read by a machine and cannot grow; the 户号 stands beside the name",
    "keeper_pay": "two lines of a name; the number of the keeper stands below it",
    "mark_sheet": "two lines of a name; the 户号 stands beside it",
}
"""Sheets that print the beginning of a name of sixty characters, and why."""


@pytest.fixture(scope="module")
def printed(fonts: OneCut):
    """Each sheet in each state, drawn when first asked for."""
    return cache(lambda name, state: Print(SHEETS[name], state, fonts))


@every
def test_every_code_decodes_from_a_150_dpi_picture(name: str, printed) -> None:
    for state in ("usual", "overfull"):
        one = printed(name, state)
        if drawn := one.codes_drawn():
            assert len(codes_on(one.pdf)) == drawn


@every
def test_every_name_is_printed_as_the_roster_has_it(name: str, printed) -> None:
    for state in ("usual", "overfull"):
        one = printed(name, state)
        names = Counter("".join(each.split()) for each in names_in(one.value))
        if state == "overfull" and name in MAY_SHORTEN:
            names = Counter({each[:10]: count for each, count in names.items()})
        assert [each for each in names if each not in one.text] == []


@every
def test_no_words_are_smaller_than_the_sheet_says_or_lie_over_others(name: str, printed) -> None:
    sheet = SHEETS[name]
    for state in STATES:
        runs = printed(name, state).runs
        assert [run for page in runs for run in page if run.size < sheet.smallest - 0.01] == []
        assert [pair for page in runs for pair in overlapping(page)] == [], state
        edges = [page.get_size() for page in printed(name, state).pages]
        assert [
            run for page, edge in zip(runs, edges, strict=True) for run in page if beyond(run, edge)
        ] == []


@every
def test_names_are_read_from_as_far_as_the_sheet_says(name: str, printed, fonts: OneCut) -> None:
    sheet = SHEETS[name]
    with fonts.opened([""]) as case:
        capital = case.cap_height(BOLD, 1)
    of_names = [
        run for page in printed(name, "overfull").runs for run in page if OF_NAMES.intersection(run.words)
    ]

    assert of_names or not list(names_in(sheet.example(12)))
    assert [run for run in of_names if run.size * capital < 4 * sheet.read_from] == []


@every
def test_words_stand_out_when_printed_without_colours(name: str, printed) -> None:
    one = printed(name, "usual")
    weak = {
        run.words: round(found, 1)
        for page, grey in zip(one.runs, one.greys, strict=True)
        for run in page
        if run.words and (found := contrast(run, grey)) < 4.5
    }

    assert weak == {}


@every
def test_no_line_begins_with_a_mark_that_closes(name: str, printed) -> None:
    pages = printed(name, "overfull").runs + printed(name, "usual").runs
    begun = [run for page in pages for run in page if run.words[:1] in "，。、：；？！》）" and run.words]

    assert [
        run for run in begun if not any(_goes_before(other, run) for page in pages for other in page)
    ] == []


@every
def test_a_sheet_looks_as_it_was_accepted(name: str, printed, write: bool) -> None:
    """Draw it again with --write, after looking at it."""
    picture = contact([printed(name, state).greys[0] for state in STATES])
    file = PICTURES / f"{name}.png"
    if write:
        file.parent.mkdir(exist_ok=True)
        picture.quantize(16).save(file, optimize=True)

    assert file.exists(), f"no accepted picture of {name}: look at it, then --write"
    assert differing(Image.open(file).convert("L"), picture) == []


def overlapping(runs: list[Run]) -> list[tuple[str, str]]:
    """Which runs of letters lie over others."""
    return [
        (one.words, other.words)
        for place, one in enumerate(runs)
        for other in runs[place + 1 :]
        if min(one.box[2], other.box[2]) - max(one.box[0], other.box[0]) > 0.5
        and min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) > 0.5
    ]


def beyond(run: Run, edge: tuple[float, float]) -> bool:
    """Whether letters stand outside of the page, in part."""
    left, low, right, high = run.box
    return bool(run.words) and (min(left, low) < 0 or right > edge[0] or high > edge[1])


def contrast(run: Run, grey: Image.Image) -> float:
    """How far letters stand out from what is printed most around them, as WCAG counts it."""
    scale = grey.height
    left, low, right, high = (0.75 * edge for edge in run.box)
    around = grey.crop((int(left) - 1, int(scale - high) - 1, int(right) + 2, int(scale - low) + 2))
    ground = max(enumerate(around.histogram()), key=lambda pair: pair[1])[0]
    red, green, blue = run.ink
    light, dark = sorted(map(_light, (ground, 0.299 * red + 0.587 * green + 0.114 * blue)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(value: float) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _goes_before(other: Run, run: Run) -> bool:
    """Whether letters end where others begin, on one line."""
    return abs(other.box[2] - run.box[0]) < run.size and abs(other.box[1] - run.box[1]) < run.size


def contact(pages: list[Image.Image]) -> Image.Image:
    """The states of a sheet beside each other, small: what stands where, and how dark."""
    small = [page.resize((page.width // 3, max(page.height // 3, 1)), Image.Resampling.BOX) for page in pages]
    whole = Image.new("L", (sum(page.width for page in small), max(page.height for page in small)), 255)
    x = 0
    for page in small:
        whole.paste(page, (x, 0))
        x += page.width
    return whole.point([value // 17 * 17 for value in range(256)])


def differing(accepted: Image.Image, picture: Image.Image) -> list[tuple[int, int]]:
    """Where two pictures differ by more than a printer's grain."""
    if accepted.size != picture.size:
        return [picture.size]
    change = ImageChops.difference(accepted, picture)
    coarse = change.resize((change.width // 4, change.height // 4), Image.Resampling.BOX)
    wide = coarse.width
    return [(at % wide, at // wide) for at, value in enumerate(coarse.tobytes()) if value > 28]


def test_what_is_wrong_on_paper_is_seen() -> None:
    out = io.BytesIO()
    paper = Canvas(out)
    paper.setFillGray(0.7)
    paper.drawString(50, 50, "above")
    paper.drawString(60, 52, "below")
    paper.showPage()
    paper.save()
    [page] = pypdfium2.PdfDocument(out.getvalue())
    runs = list(runs_on(page))
    grey = page.render(scale=0.75, grayscale=True).to_pil().convert("L")

    assert overlapping(runs) == [("above", "below")]
    assert contrast(runs[0], grey) < 4.5
    assert differing(Image.new("L", (40, 40), 255), Image.new("L", (40, 40), 200))
