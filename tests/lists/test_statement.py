"""The list of one household's movements says what each was for in the words of the scheme."""

import pytest

from pointsbank import ledger, lists, roster
from pointsbank.database import Database
from pointsbank.lists import Asked
from pointsbank.points import whole
from tests.builders import NOW, VILLAGE, Chayuan, chayuan
from tests.staff.people import hire


@pytest.fixture
def village(sqlite_database: Database) -> Chayuan:
    """茶源村 and its people."""
    return chayuan(sqlite_database)


def posted(village: Chayuan, who: roster.Participant, kind: str, **words: str) -> None:
    """One movement of 3 points with these words."""
    lines = (
        ledger.Posting(
            ledger.village_account("issuance", ledger.POINTS),
            ledger.account_of(who.id, ledger.POINTS),
            ledger.POINTS,
            whole(3),
        ),
    )
    entry = ledger.NewTransaction(kind, NOW.date(), lines, {"participant": who.id, **words})
    village.write(ledger.post, entries=[entry])


def reasons(village: Chayuan, name: str, **named: str) -> list[str]:
    """What the rows of a list say, newest first."""
    with village.database.reading() as session:
        wanted = lists.find(name)
        page = lists.read_page(session, wanted, Asked(VILLAGE, NOW, named=named), limit=50)
    return [row[{"statement": "words", "log": "sentence"}[name]] for row in page.rows]


def test_an_item_is_named_by_its_title_and_the_household_stands_above_the_list(village: Chayuan) -> None:
    posted(village, village.wang, "award", item="01", title="帮邻居收粮", note="两天")
    posted(village, village.wang, "award", item="01", title="帮邻居收粮", note="", why="数错了")
    posted(village, village.wang, "gift", item="慰问")

    newest_first = ["慰问", "帮邻居收粮（数错了）", "帮邻居收粮（两天）"]
    assert reasons(village, "statement", code="0101") == newest_first
    assert reasons(village, "log")[:2] == ["王建国：慰问", "王建国：帮邻居收粮（数错了）"]


def test_whoever_else_is_named_in_a_line_keeps_the_name(village: Chayuan) -> None:
    zhao = hire(village.database, "zhao", "supervisor")
    posted(village, village.wang, "opening", item="期初积分", note="旧存折", second=zhao.id)

    assert reasons(village, "statement", code="0101") == ["期初积分（旧存折，第二人赵监督）"]
