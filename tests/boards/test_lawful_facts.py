"""What a listing says is a fact: nothing private, nobody's name, from the proposal to the vote."""

import pytest
from sqlalchemy import text

from pointsbank import boards, law, roster
from pointsbank.boards.facts import neutral_fact
from pointsbank.database import Database
from tests.boards.test_black_board import hang, propose, resolved, tell, vote, wall
from tests.builders import chayuan
from tests.publicity.scene import CODE, LI, after

UNLAWFUL = [
    "因赌博被拘留五日",
    "孩子辍学在家",
    "户主患病住院",
    "该户为低保户",
    "一组12号门口堆放杂物",
    "电话138 0000 1234",
    "残疾家庭，门前杂乱",
    "多次上访",
    "信教家庭",
]


@pytest.mark.parametrize("words", UNLAWFUL)
def test_neither_fact_nor_rule_holds_what_the_law_keeps_private(
    sqlite_database: Database, words: str
) -> None:
    resolved(sqlite_database)

    for given in ({"fact": words}, {"rule": words}):
        with pytest.raises(law.problems.Wording, match=r"不能上墙.*可以写"):
            propose(sqlite_database, **given)


@pytest.mark.parametrize("words", ["王 建 国门前", "王某家的柴草占道", "姓王的一户占道"])
def test_a_fact_names_the_household_in_no_way(sqlite_database: Database, words: str) -> None:
    village = chayuan(sqlite_database)
    wang = village.read(roster.by_code, code="0101")

    with pytest.raises(boards.problems.FactNamesSomebody):
        neutral_fact(words, wang)


def test_a_fact_of_nothing_outward_hangs_only_where_somebody_answers_for_it(
    sqlite_database: Database,
) -> None:
    resolved(sqlite_database)
    unusual = "正午在居民区放礼花"

    with pytest.raises(boards.problems.FactOffMatter, match="勾选“只写了看得见的事”"):
        propose(sqlite_database, fact=unusual)

    assert propose(sqlite_database, fact=unusual, outward=True).fact == unusual


def test_who_answers_for_a_fact_takes_no_rule_away(sqlite_database: Database) -> None:
    resolved(sqlite_database)

    with pytest.raises(law.problems.Wording):
        propose(sqlite_database, fact="户主患病住院", outward=True)


def test_a_neutral_fact_is_cleared(sqlite_database: Database) -> None:
    wang = chayuan(sqlite_database).read(roster.by_code, code="0101")

    assert isinstance(neutral_fact("门前杂物堆放，三次提醒未清理", wang), law.Cleared)


def test_words_from_before_their_rule_do_not_go_up(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = propose(sqlite_database)
    tell(sqlite_database, listing)
    _rewrite(sqlite_database, "因赌博被拘留")

    with pytest.raises(law.problems.Wording, match="事实说明"):
        vote(sqlite_database, listing)


def test_words_from_before_their_rule_come_down_by_themselves(sqlite_database: Database) -> None:
    hang(sqlite_database)
    assert len(wall(sqlite_database).black or ()) == 1

    _rewrite(sqlite_database, "因赌博被拘留")
    started_anew = Database(sqlite_database.url)

    assert wall(started_anew).black == ()
    started_anew.dispose()


def test_why_a_listing_came_down_is_read_too(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)

    with pytest.raises(law.problems.Wording, match="原因"), sqlite_database.writing() as session:
        boards.take_down(session, village=CODE, listing=listing.id, reason="户主生病住院", by=LI, at=after(8))


def _rewrite(database: Database, fact: str) -> None:
    """Write a fact as it might have been written before there were rules: past verbs and guards."""
    with database.writing() as session:
        connection = session.connection()
        guards = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='listing'")
        ).scalars()
        for guard in guards.all():
            connection.execute(text(f'DROP TRIGGER "{guard}"'))
        connection.execute(text("UPDATE listing SET fact=:fact"), {"fact": fact})
