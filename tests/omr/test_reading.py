"""Photos of filled sheets are read: turned, folded, in bad light; and what cannot be read says why."""

import io
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PIL import Image

from pointsbank.errors import Problem
from pointsbank.omr import reading
from pointsbank.omr.aligning import Frame
from pointsbank.omr.finding import SheetInPart, SheetNotSeen, SheetsTwo
from pointsbank.omr.layout import box_middle
from pointsbank.omr.reading import SheetBent, SheetReading, read_sheet
from pointsbank.omr.straightening import SCALE
from pointsbank.photos import kinds
from pointsbank.printing import Fonts
from tests.omr.campaign import SPOILT, WRITES, Totals, made, printed_page
from tests.omr.photographing import Conditions, Marked, filled, photographed

FLAT = Conditions(
    megapixels=3,
    tilt=8,
    tilted_to=30,
    roll=3,
    quarters=0,
    shape="flat",
    height=0,
    bent_along=90,
    bent_at=0.5,
    fill=0.92,
    gradient=0.2,
    lit_from=40,
    shadow=0.7,
    shadow_edge=2,
    blur=0.6,
    shake=0.8,
    shaken_to=20,
    noise=6,
    quality=80,
    desk=(120, 80, 50),
)
FOLDED = replace(FLAT, tilt=24, tilted_to=90, shape="folded", height=5, bent_along=90)
CURLED = replace(FOLDED, shape="curled", height=8)


def photo(
    page: Image.Image, how: Conditions, *, pen: str = "blue", hand: str = "tick"
) -> tuple[bytes, Marked]:
    """A photo of a sheet that was filled in with one pen."""
    dice = random.Random("a test")
    sheet, marked = filled(page, dice, rows=58, columns=12, pen=pen, hand=hand)
    return photographed(sheet, how, dice), marked


def read(jpeg: bytes) -> SheetReading:
    return read_sheet(io.BytesIO(jpeg))


def misread(found: SheetReading, marked: Marked) -> list[tuple[int, int]]:
    """The honest boxes that say something else than what stands in them, and are not asked about."""
    return [
        place
        for box in found.boxes
        if (place := (box.row, box.column)) not in marked.spoilt
        and not box.is_asked
        and box.answer != ("marked" if place in marked.marks else "empty")
    ]


def saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.parametrize(
    ("how", "pen", "hand"),
    [
        (FLAT, "black gel", "mixed"),
        (replace(FLAT, megapixels=2, shadow=0.4, shadow_edge=0.2), "pencil", "cross"),
        (FOLDED, "blue", "tick"),
        (CURLED, "red", "tick"),
    ],
    ids=["flat", "a hard shadow at 2 megapixels", "folded", "curled"],
)
def test_a_photo_is_read_and_few_boxes_are_asked_about(
    page: Image.Image, how: Conditions, pen: str, hand: str
) -> None:
    jpeg, marked = photo(page, how, pen=pen, hand=hand)
    found = read(jpeg)
    honest = [box for box in found.asked if (box.row, box.column) not in marked.spoilt]

    assert (found.rows, found.columns, len(found.boxes)) == (58, 12, 696)
    assert misread(found, marked) == []
    assert len(honest) <= 0.08 * 696


def test_without_the_alignment_a_folded_sheet_cannot_be_read(
    page: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control to the test above: the codes alone say where the corners are, and no more."""
    jpeg, marked = photo(page, FOLDED)

    def by_the_codes(_: Image.Image, *, rows: int, columns: int) -> Sequence[Frame]:
        middles = [box_middle(row, column) for row in range(rows) for column in range(columns)]
        return [Frame(x * SCALE, y * SCALE, 100.0) for x, y in middles]

    monkeypatch.setattr(reading, "aligned", by_the_codes)
    found = read(jpeg)

    assert len(misread(found, marked)) + len(found.asked) > 0.2 * 696


def test_a_sheet_lying_on_its_side_or_head_is_read_alike(page: Image.Image) -> None:
    jpeg, _ = photo(page, replace(FLAT, noise=0))
    upright = Image.open(io.BytesIO(jpeg))
    turned = [
        read(saved(upright.transpose(way))) for way in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180)
    ]
    first = read(jpeg)

    for other in turned:
        differing = [a for a, b in zip(first.boxes, other.boxes, strict=True) if a.answer != b.answer]
        assert len(differing) <= 5
        assert {box.answer for box in differing} <= {"unclear", "crossed_out", "marked", "empty"}


def test_a_box_that_is_asked_about_comes_with_its_picture(page: Image.Image) -> None:
    jpeg, marked = photo(page, FLAT)
    found = read(jpeg)
    asked = {(box.row, box.column) for box in found.asked}

    assert len(asked & marked.spoilt) >= 0.5 * len(marked.spoilt)
    assert all(Image.open(io.BytesIO(box.picture)).size == (144, 72) for box in found.asked)


def test_a_page_of_few_rows_and_its_number_are_read(fonts: Fonts) -> None:
    bare = printed_page(fonts, rows=3)
    found = read(saved(bare))

    assert (found.rows, found.columns) == (3, 12)
    assert [box.answer for box in found.boxes] == ["empty"] * 36
    assert len(found.number) == 10


def beside_each_other(one: Image.Image, other: Image.Image) -> Image.Image:
    both = Image.new("RGB", (one.width + other.width, one.height), (90, 90, 90))
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    return both


def test_what_is_no_sheet_or_not_the_whole_of_one_says_so(page: Image.Image, fonts: Fonts) -> None:
    upper = page.crop((0, 0, page.width, page.height * 6 // 10))
    corner = page.crop((0, 0, page.width // 2, page.height // 2))
    two = beside_each_other(page, printed_page(fonts, rows=40))
    copies = beside_each_other(page, page)
    covered = page.copy()
    covered.paste((120, 90, 70), (600, 900, 1900, 1700))
    said: dict[str, tuple[type[Problem], Image.Image]] = {
        "nothing": (SheetNotSeen, Image.new("RGB", (1200, 1600), (200, 200, 200))),
        "half": (SheetInPart, upper),
        "one corner": (SheetInPart, corner),
        "two sheets": (SheetsTwo, two),
        "two copies of a sheet": (SheetsTwo, copies),
        "a hand on it": (SheetBent, covered),
    }

    for refusal, picture in said.values():
        with pytest.raises(refusal):
            read(saved(picture))


def test_a_file_that_is_no_photo_or_came_in_part_says_so(page: Image.Image) -> None:
    whole = saved(page)
    with pytest.raises(kinds.PhotoKindUnknown):
        read(b"%PDF-1.7 a scan")
    with pytest.raises(kinds.PhotoCutOff):
        read(whole[: len(whole) // 2])


def test_a_photo_over_13_000_pixels_is_refused_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    jpeg = bytearray(saved(Image.new("L", (64, 48))))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = (9_975).to_bytes(2) + (13_300).to_bytes(2)
    monkeypatch.setattr(reading, "grey_picture", lambda *_: pytest.fail("it was drawn"))

    with pytest.raises(kinds.PhotoTooLarge, match="13300×9975"):
        read(bytes(jpeg))


@pytest.mark.full
def test_of_many_photos_nearly_all_are_read_and_no_honest_box_is_misread(page: Image.Image) -> None:
    """What `tests.omr.campaign` measures on 250, here on 60 of a seed of its own."""
    totals = Totals()
    for number in range(60):
        totals.read(made(page, seed="full", number=number))

    assert totals.share_accepted >= 0.97
    assert totals.wrong[WRITES] == 0
    assert totals.share_asked(WRITES) <= 0.03
    assert totals.share_asked(SPOILT) >= 0.5
