"""What is printed in the middle of a month says what the books say, with names as the wall may show them."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from pointsbank import market, printing, publicity
from pointsbank.database import Database
from pointsbank.points import Points
from tests.builders import VILLAGE
from tests.proof import month


def text_of(content: bytes) -> str:
    """All the text of a PDF."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_a_notice_is_printed_masked(sqlite_database: Database, tmp_path: Path) -> None:
    month.begin(sqlite_database)
    month.meet(sqlite_database)
    with sqlite_database.reading() as session:
        [hung] = publicity.notices(session, village=VILLAGE)
        sheet = publicity.notice_sheet(session, village=VILLAGE, notice=hung.id)
    out = BytesIO()
    printing.notice_pdf(sheet, fonts=printing.Fonts(tmp_path), out=out)
    text = text_of(out.getvalue())

    assert "九月评议会公示" in text
    assert "王*国" in text
    assert "王建国" not in text
    assert "7个工作日内书面答复" in text.replace("\r\n", "")


def test_a_slip_says_what_was_taken_and_where_the_log_holds_it(
    sqlite_database: Database, tmp_path: Path
) -> None:
    lived = month.live(sqlite_database)
    with sqlite_database.reading() as session:
        slip = market.receipt(session, village=VILLAGE, redemption=lived.redemption)
    text = text_of(printing.receipt_pdf(slip, fonts=printing.Fonts(tmp_path)))

    assert (slip.total, slip.household, slip.title) == (
        Points(400),
        "王建国（0101）",
        "积分兑换小票（已撤销）",
    )
    assert "食盐" in text
    assert slip.leaf[:8] in text


def test_what_does_not_exist_is_not_printed(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    with sqlite_database.reading() as session:
        with pytest.raises(publicity.problems.NoticeUnknown):
            publicity.notice_sheet(session, village=VILLAGE, notice="nothing")
        with pytest.raises(market.problems.RedemptionUnknown):
            market.receipt(session, village=VILLAGE, redemption="nothing")
