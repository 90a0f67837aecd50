"""The oversight on paper says who entered how much at the counter, and how often for relatives."""

from pointsbank import panels
from pointsbank.database import Database
from pointsbank.sheets.oversight.gathering import gather
from pointsbank.sheets.oversight.values import CounterLine
from tests.builders import NOW
from tests.scoring.counter import open_counter
from tests.staff.people import hire


def test_what_was_entered_at_the_counter_stands_on_paper_by_person(sqlite_database: Database):
    desk = open_counter(sqlite_database)
    chen = hire(sqlite_database, "chen", "clerk")
    for code in ("0101", "0102", "0102"):
        desk.enter(code, by=chen.id)
    desk.village.write(panels.note_kin, login="chen", household="0101", relation="sibling")

    sheet = desk.village.read(gather, by=chen.id, at=NOW, public_url="")

    assert sheet.counter == (CounterLine(chen.name, "3", "2", "6", "1", "2"),)
    assert sheet.counter_about == "1人在柜台登记了3条，共6分；其中1条记给了登记人的本户或亲属户。"
