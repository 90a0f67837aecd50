"""The slip of the shop: what was taken, what is left, where the log holds it; on both widths of paper."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from pointsbank import proof, signing_key
from pointsbank.database import Database
from pointsbank.market import SoldLine
from pointsbank.points import whole
from pointsbank.printing import Fonts
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
    file = tmp_path / "slip.tlog-proof"
    file.write_bytes(code.text.encode())
    assert public.verify("--proof", file, "--key", key.verifier_key).status == 0
    assert public.verify(public.export(sqlite_database, tmp_path), "--proof", file).status == 0
    file.write_text(code.text.replace('"', "'", 1).replace("index ", "index 1", 1), "utf-8")
    assert public.verify("--proof", file, "--key", key.verifier_key).status != 0


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
