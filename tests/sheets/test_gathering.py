"""What is printed in the middle of a month says what the books say, with names as the wall may show them."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from pointsbank import governing, households, market, publicity, roster, sheets
from pointsbank.database import Database
from pointsbank.points import Points
from pointsbank.printing import Fonts
from tests.builders import COMMITTEE, NOW, VILLAGE, chayuan
from tests.proof import month
from tests.sheets.prints import printed


def text_of(content: bytes) -> str:
    """All the text of a PDF."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def gathered(
    database: Database, name: str, *, public_url: str = "http://village.test/", **options: Any
) -> Any:
    """A sheet's value, gathered for the committee."""
    common: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}
    return sheets.find(name).gather_from(database, public_url="http://village.test/", **common, **options)


def test_a_notice_is_printed_masked(sqlite_database: Database, tmp_path: Path) -> None:
    month.begin(sqlite_database)
    month.meet(sqlite_database)
    with sqlite_database.reading() as session:
        [hung] = publicity.notices(session, village=VILLAGE)
    text = text_of(printed(gathered(sqlite_database, "notice", notice=hung.id), Fonts(tmp_path)))

    assert "九月评议会公示" in text
    assert "王*国" in text
    assert "王建国" not in text
    assert "7个工作日内书面答复" in text.replace("\r\n", "")


def test_a_slip_says_what_was_taken_and_where_the_log_holds_it(
    sqlite_database: Database, tmp_path: Path
) -> None:
    lived = month.live(sqlite_database)
    slip = gathered(sqlite_database, "receipt", redemption=lived.redemption)
    text = text_of(printed(slip, Fonts(tmp_path)))

    assert (slip.sold.total, slip.household) == (Points(400), "王建国（0101）")
    assert "积分兑换小票（已撤销）" in text
    assert "食盐" in text
    assert slip.leaf[:8] in text


def test_what_does_not_exist_is_not_printed(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    with pytest.raises(publicity.problems.NoticeUnknown):
        gathered(sqlite_database, "notice", notice="nothing")
    with pytest.raises(market.problems.RedemptionUnknown):
        gathered(sqlite_database, "receipt", redemption="nothing")


def test_a_closed_household_keeps_nobody_s_card_back(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)
    everyone = village.read(roster.everyone)
    group = village.wang.group
    there = [person for person in everyone if person.group == group]
    village.write(
        households.close,
        participant=there[-1].code,
        decision="村民代表会议第2号决议",
        request_id="close-the-last-one",
    )

    assert len(there) > 1
    assert len(gathered(village.database, "cards", group=group).faces) == len(there) - 1
    with pytest.raises(roster.problems.ParticipantClosed):
        gathered(village.database, "cards", participant=[there[-1].code])


def test_a_card_shows_the_name_as_the_village_has_chosen(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)
    village.write(governing.change_settings, contact_phone="0744-5550101")
    cards = village.write(roster.issue, participants=[village.wang.id, village.team.id])
    masked, team = gathered(village.database, "cards", issued=cards).faces
    village.write(governing.change_settings, names_on_cards="named")
    named, _ = gathered(village.database, "cards", issued=cards).faces

    assert (masked.household, named.household, team.household) == ("王*国", "王建国", "茶源村志愿服务队")
    assert masked.content == f"http://village.test/c/{cards[0].token}"
    assert (masked.group, masked.phone, masked.village) == ("一组", "0744-5550101", "茶源村")
    assert masked.number.replace(" ", "") == cards[0].number
