"""What a village keeps off the wall is on nothing that everybody may see, whenever it was written."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from pointsbank import boards, law, publicity, scoring, sheets
from pointsbank.database import Database
from pointsbank.scoring import ScoreRow
from pointsbank.spreadsheets import read_table
from tests.builders import NOW, hang_out
from tests.publicity.scene import CODE, LI, MONTH, after, found_village, meeting_with, settle

SCHEME = """编号,类别,条目,方向,分值
A1,环境卫生,门前整洁,加分,5
H1,邻里互助,帮扶残疾邻居,加分,3
X1,遵纪守法,参与赌博,扣分,20
X2,困难群众,门前整洁,加分,2
"""


TABLE = read_table("scheme.csv", SCHEME.encode())


def with_private_items(database: Database) -> publicity.Notice:
    """A village that insists on two items, with one score of each item on its notice."""
    with database.writing() as session:
        found_village(session)
        scoring.import_scheme(
            session,
            village=CODE,
            table=TABLE,
            by=LI,
            at=NOW,
            resolution="2026年第二次村民会议",
            from_date=date(2026, 1, 1),
            unpublished=["X1", "X2"],
        )
        meeting = meeting_with(session, ("0101", "A1"), ("0102", "H1"), ("0201", "X1"), ("0202", "X2"))
        return hang_out(session, village=CODE, meeting=meeting, by=LI, at=NOW)


def everything_public(database: Database, notice: str) -> str:
    """All that everybody may see: notice, boards, and every sheet that there is to print."""
    common: dict[str, Any] = {"village": CODE, "by": LI, "at": after(5), "public_url": "http://village.test"}
    with database.reading() as session:
        shown = [
            publicity.public_notice(session, village=CODE, notice_id=notice),
            publicity.public_board(session, village=CODE, month=MONTH, at=after(5)),
            sheets.find("notice").gather(session, **common),
        ]
    return repr(shown)


def test_an_item_that_is_kept_off_the_wall_is_only_counted(database: Database) -> None:
    notice = with_private_items(database)

    with database.reading() as session:
        wall = publicity.public_notice(session, village=CODE, notice_id=notice.id)
    assert [entry.item for entry in wall.entries] == ["门前整洁", "帮扶残疾邻居"]
    assert wall.unpublished == 2
    assert "赌博" not in everything_public(database, notice.id)


def test_it_is_scored_and_stands_in_the_household_s_file(database: Database) -> None:
    notice = with_private_items(database)

    with database.writing() as session:
        settle(session, notice)
    with database.reading() as session:
        scores = scoring.scores(session, village=CODE, meeting=notice.meeting)
    assert [(score.title, score.status, score.publishable) for score in scores if not score.publishable] == [
        ("参与赌博", "posted", False),
        ("门前整洁", "posted", False),
    ]


def test_no_listing_rests_on_it(sqlite_database: Database) -> None:
    with_private_items(sqlite_database)
    with sqlite_database.writing() as session:
        boards.resolve_black_board(
            session, village=CODE, resolution="决议", on=date(2026, 8, 1), by=LI, at=NOW
        )

    with pytest.raises(boards.problems.RuleNotPublic), sqlite_database.writing() as session:
        boards.propose_black(
            session,
            village=CODE,
            month=MONTH,
            participant="0101",
            rule="X1",
            fact="门前杂物堆放",
            by=LI,
            at=NOW,
        )


def test_no_reason_of_the_red_board_names_its_category(sqlite_database: Database) -> None:
    notice = with_private_items(sqlite_database)
    with sqlite_database.writing() as session:
        settle(session, notice)
        boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=after(4))

    with sqlite_database.reading() as session:
        facts = [one.fact for one in boards.board(session, village=CODE, month=MONTH, at=after(5)).listings]
    assert "其他2分" in facts
    assert "困难群众" not in "".join(facts)


def test_what_was_adopted_before_its_rule_is_not_shown_either(sqlite_database: Database) -> None:
    notice = with_private_items(sqlite_database)
    with sqlite_database.writing() as session:
        # As a village wrote it before there were rules: past the verbs and past the guards.
        guards = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for guard in session.connection().execute(guards).scalars().all():
            session.connection().execute(text(f'DROP TRIGGER "{guard}"'))
        session.connection().execute(text("UPDATE scheme_item SET title='照料患病的父亲' WHERE code='H1'"))
        session.connection().execute(text("UPDATE notice SET title='低保户评议会公示'"))

    with sqlite_database.reading() as session:
        wall = publicity.public_notice(session, village=CODE, notice_id=notice.id)
    assert [entry.item for entry in wall.entries] == ["门前整洁"]
    assert (wall.title, wall.unpublished) == ("评议结果公示", 3)


def test_a_number_in_the_name_of_a_village_or_group_is_never_shown(sqlite_database: Database) -> None:
    notice = with_private_items(sqlite_database)
    with sqlite_database.writing() as session:
        # As they were written before there were rules.
        session.connection().execute(text("UPDATE village SET name='茶源村一三八零零零零一二三四'"))
        session.connection().execute(text("UPDATE village_group SET name=name || '139、0000、1234'"))

    shown = everything_public(sqlite_database, notice.id)
    assert not any(number in shown for number in ("一三八", "139、", "1234"))


@pytest.mark.parametrize("name", ["王五（低保）", "王五13800001234", "王五 残疾"])
def test_a_remark_behind_a_name_is_never_shown(name: str) -> None:
    person = _Person(name, "household")

    shown = publicity.public_name(person, publicity.NAMED, 1)

    assert shown != name
    assert not law.findings(shown, law.Use.FACT)


class _Person:
    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        self.kind = kind
        self.code = "0101"


def test_notes_and_remarks_of_scores_are_on_nothing_public(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0102", "A1"))
        rows = [ScoreRow("0101", "A1", date(2026, 9, 1), note="户主因病住院，由邻居代扫")]
        scoring.enter_scores(session, village=CODE, meeting=meeting, rows=rows, by=LI, at=NOW)
        notice = hang_out(session, village=CODE, meeting=meeting, by=LI, at=NOW)

    assert "住院" not in everything_public(sqlite_database, notice.id)
