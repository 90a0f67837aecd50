"""The slip of the shop: what was taken, what is left, where the log holds it; on both widths of paper."""

import io
import re
from dataclasses import replace
from pathlib import Path
from textwrap import wrap

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from pointsbank import proof, signing_key
from pointsbank.database import Database
from pointsbank.market import SoldLine
from pointsbank.merkle import leaf_hash
from pointsbank.photos.reading import codes_in
from pointsbank.points import whole
from pointsbank.printing import QUIET, Fonts, slip_path
from pointsbank.proof import slip_digits
from pointsbank.proof.signed_notes import Signer, checkpoint, inclusion_text
from pointsbank.proof.slip_codes import slip_entry
from pointsbank.sheets import receipt
from pointsbank.sheets.receipt import Receipt, example
from tests.builders import CLERK, NOW, VILLAGE
from tests.printing.reading import codes_on, page_count, squeezed, text_of
from tests.proof import month, public
from tests.sheets.prints import printed

RECEIPT = example(1)


def receipt_of(lines: tuple[SoldLine, ...]) -> Receipt:
    """The slip of these goods."""
    return replace(RECEIPT, sold=replace(RECEIPT.sold, lines=lines))


@pytest.mark.parametrize("width", [58, 80])
def test_a_slip_says_what_was_taken_and_what_is_left(fonts: Fonts, width: int) -> None:
    words = squeezed(text_of(printed(replace(RECEIPT, width=width), fonts)))

    for part in ("食用油5L", "45×1", "食盐", "1.5×3", "4.5分", "49.5分", "51.25分", "1234", RECEIPT.leaf):
        assert part in words


@pytest.mark.parametrize("count", [1, 40])
def test_a_slip_is_one_page_as_long_as_its_goods(fonts: Fonts, count: int) -> None:
    pdf = printed(receipt_of(RECEIPT.sold.lines * count), fonts)

    assert page_count(pdf) == 1
    assert (pypdfium2.PdfDocument(pdf)[0].get_height() > 600) == (count == 40)


def test_goods_that_look_like_markup_print_as_they_read(fonts: Fonts) -> None:
    odd = receipt_of((SoldLine("", "<b>&amp;", "", 1, whole(1)),))

    assert "<b>&amp;" in text_of(printed(odd, fonts))


@pytest.mark.parametrize("width", ["58", "80"])
def test_a_slip_carries_the_whole_proof_of_its_sale(
    sqlite_database: Database, fonts: Fonts, tmp_path: Path, width: str
) -> None:
    lived = month.live(sqlite_database)
    sqlite_database.info[signing_key.SEED] = public.SEED
    public.tell_key(sqlite_database)
    pdf = printed(slip(sqlite_database, lived.redemption, width=width), fonts)
    with sqlite_database.reading() as session:
        [key] = proof.signing_keys(session, village=VILLAGE)

    [code] = codes_on(pdf)
    file = tmp_path / "slip.txt"
    # As a telephone's notes save what was scanned: in lines.
    file.write_bytes("\r\n".join(wrap(code.text, 60)).encode())
    assert public.verify("--proof", file, "--key", key.verifier_key).status == 0
    assert public.verify(public.export(sqlite_database, tmp_path), "--proof", file).status == 0
    for changed in (code.text[:-60] + "1" + code.text[-59:], code.text[:-17]):
        file.write_text(changed, "utf-8")
        said = public.verify("--proof", file, "--key", key.verifier_key)
        assert said.status != 0 and "Traceback" not in said.text


def test_a_long_ledgers_proof_is_read_from_a_worn_slip() -> None:
    entry = (
        b'{"c":"%s","i":99999,"k":"redemption","p":[["points",4950]],"ref":null,"t":"2026-10-03T02:25:00Z"'
        b',"v":1,"vil":"chayuan","w":"%s"}' % (b"5a" * 32, b"c3" * 32)
    )
    path = [bytes([number]) * 32 for number in range(17)]
    sealed = checkpoint(public.ORIGIN, 100_000, bytes(32), Signer(public.ORIGIN, public.SEED))
    digits = slip_digits(inclusion_text(99_999, path, sealed, entry))
    text = f"{public.URL}/open/{VILLAGE}/months/2026-10/check#{digits}"
    drawn = slip_path(text, largest=40)

    assert drawn is not None and drawn[0] * 0.375 <= 38
    found = slip_entry(text)
    assert found is not None and (found.leaf, found.path) == (leaf_hash(entry), tuple(path))
    photo = io.BytesIO()
    worn(drawn).save(photo, "jpeg", quality=50)
    assert codes_in(photo, "check#") == [text]


def worn(drawn: tuple[int, str]) -> Image.Image:
    """A code as a slip's printer of 203 dpi made it, photographed coarsely, turned, out of focus."""
    side, quiet = drawn[0], QUIET
    paper = Image.new("L", ((side + 2 * quiet) * 3,) * 2, 255)
    for run in re.finditer(r"(\d+) (\d+) (\d+) 1 re", drawn[1]):
        left, bottom, width = map(int, run.groups())
        top = side - 1 - bottom
        box = ((left + quiet) * 3, (top + quiet) * 3, (left + width + quiet) * 3 - 1, (top + quiet) * 3 + 2)
        paper.paste(40, (box[0], box[1], box[2] + 1, box[3] + 1))
    seen = paper.resize((round(paper.width * 1.37),) * 2, Image.Resampling.BICUBIC)
    return seen.rotate(2, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))


def test_a_slip_of_an_open_month_says_when_its_proof_can_be_printed(
    sqlite_database: Database, fonts: Fonts
) -> None:
    month.begin(sqlite_database)
    scores = month.meet(sqlite_database)
    month.object_and_settle(sqlite_database, scores)
    sold = month.spend(sqlite_database)

    assert "要等月结" in text_of(printed(slip(sqlite_database, sold), fonts))


def test_a_proof_too_large_for_the_paper_is_left_out_with_a_sentence(
    sqlite_database: Database, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = month.live(sqlite_database)
    monkeypatch.setitem(receipt._LARGEST, 58, 10)
    pdf = printed(slip(sqlite_database, lived.redemption, width="58"), fonts)

    assert codes_on(pdf) == []
    assert "这种纸太窄" in squeezed(text_of(pdf))


def slip(database: Database, redemption: str, *, width: str = "80") -> Receipt:
    """The slip of a sale, with its proof."""
    with database.reading() as session:
        return receipt.gather(
            session,
            village=VILLAGE,
            by=CLERK,
            at=NOW,
            public_url=public.URL,
            redemption=redemption,
            width=width,
            proof="yes",
        )
