"""The practice village on a server: made, refused by name at the real till, thrown away; nothing else is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from pointsbank import market, practice, roster
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.practice.making import PEOPLE
from pointsbank.practice.servers import OnServer
from pointsbank.web.app import create_app
from scripts.cluster import Cluster
from tests.builders import NOW, VILLAGE, chayuan
from tests.staff.people import hire
from tests.web.browser import Browser, words

NAME = "for_practice"
EVERYTHING = (
    "SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE relkind IN ('r', 'v') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
)
FUNCTIONS = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"


@pytest.fixture
def server(cluster: Cluster, postgresql_database: Database, tmp_path: Path) -> Iterator[Settings]:
    """The settings of a village on a server, with an empty second database."""
    chayuan(postgresql_database)
    yield Settings(
        data_dir=tmp_path,
        database_url=postgresql_database.url,
        public_url="http://village.test:8000",
        secret_key="k" * 43,
        practice_database_url=cluster.create(NAME),
    )
    cluster.drop(NAME)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The clock stands at the cast's moment."""
    with time_machine.travel(NOW, tick=False):
        yield


def fetch(url: str, query: str) -> set[str]:
    """The first column of what a query finds."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return {str(row[0]) for row in connection.exec_driver_sql(query.replace("%", "%%"))}


def spelt_differently(server: Settings, _cluster: Cluster) -> Settings:
    """The practice database is the real one, with another port in its address, which sockets have too."""
    return replace(server, practice_database_url=f"{server.database_url}&port=5432")


def another_s_practice(server: Settings, _cluster: Cluster) -> Settings:
    """It is marked for practice by another installation."""
    OnServer(replace(server, secret_key="j" * 43)).begin()
    return server


def a_village_that_counts(server: Settings, cluster: Cluster) -> Settings:
    """It has our tables, and nobody marked them."""
    cluster.drop(NAME)
    cluster.create(NAME, "template_village")
    return server


def somebody_else_s(server: Settings, cluster: Cluster) -> Settings:
    """It holds a table of somebody else's."""
    cluster.run("CREATE TABLE wages (amount int)", NAME)
    return server


def somebody_else_s_beside(server: Settings, cluster: Cluster) -> Settings:
    """It is our practice village, and somebody put a table into a schema of his own."""
    OnServer(server).begin()
    cluster.run("CREATE SCHEMA his CREATE TABLE wages (amount int)", NAME)
    return server


def somebody_leans_on_it(server: Settings, cluster: Cluster) -> Settings:
    """It is our practice village, and a function of somebody else's needs one of its tables."""
    OnServer(server).begin()
    cluster.run("CREATE FUNCTION his(practice_mark) RETURNS int LANGUAGE sql AS 'SELECT 1'", NAME)
    return server


FOREIGN = [
    (spelt_differently, practice.problems.PracticeIsReal),
    (another_s_practice, practice.problems.PracticeOfAnother),
    (a_village_that_counts, practice.problems.PracticeNotEmpty),
    (somebody_else_s, practice.problems.PracticeNotEmpty),
    (somebody_else_s_beside, practice.problems.PracticeNotEmpty),
    (somebody_leans_on_it, practice.problems.PracticeNotEmpty),
]


@pytest.mark.parametrize(("lies_there", "refusal"), FOREIGN, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_not_this_installation_s_practice_village_is_left_alone(
    server: Settings, cluster: Cluster, lies_there: Callable[[Settings, Cluster], Settings], refusal: type
) -> None:
    found = lies_there(server, cluster)
    before = fetch(found.practice_database_url, EVERYTHING)

    with pytest.raises(refusal):
        practice.make(found, lived=False)
    (found.data_dir / PEOPLE).write_text("[]")
    with pytest.raises(refusal):
        practice.discard(found)
    if lies_there is not somebody_leans_on_it:
        with pytest.raises(refusal):
            practice.open_database(found)

    # What can be told beforehand leaves what says that there is a practice village.
    assert (found.data_dir / PEOPLE).exists() is (lies_there is not somebody_leans_on_it)
    assert before and fetch(found.practice_database_url, EVERYTHING) == before


def test_it_is_made_and_entered_and_thrown_away_whole(
    server: Settings, cluster: Cluster, postgresql_database: Database
) -> None:
    hire(postgresql_database, "li", "committee")
    app = create_app(server, postgresql_database)
    # What a process that was killed left half made goes first.
    OnServer(server).begin()
    real = fetch(server.database_url, EVERYTHING)

    practice.make(server, lived=False)

    with pytest.raises(practice.problems.PracticeExists):
        practice.make(server)
    database = practice.open_database(server)
    with database.writing() as session:
        who = roster.by_code(session, village=practice.CODE, code="01001")
        given = {"village": practice.CODE, "by": "operator", "at": NOW}
        [card] = roster.issue(session, participants=[who.id], **given)
        roster.hand_out(session, cards=[card.id], **given)
    database.dispose()
    with pytest.raises(roster.problems.PracticeCard):
        market.try_scan(postgresql_database, village=VILLAGE, text=card.token, by="chen", at=NOW)
    li = Browser(app).sign_in("li")
    assert "扮演李主任" in words(li.get(f"/v/{VILLAGE}/practice"))
    entered = li.post(f"/v/{VILLAGE}/practice/enter", login="chen")
    assert "陈店员" in words(li.follow(entered))
    li.get(f"/v/{VILLAGE}")

    assert "练习村已丢掉" in words(li.follow(li.post(f"/v/{VILLAGE}/practice/discard")))
    assert fetch(server.practice_database_url, EVERYTHING) == set()
    assert fetch(server.practice_database_url, FUNCTIONS) == set()
    assert fetch(server.database_url, EVERYTHING) == real
    assert not practice.exists(server)


def test_a_database_that_is_away_or_was_emptied_is_a_sentence_and_can_be_given_up(
    server: Settings, cluster: Cluster, postgresql_database: Database
) -> None:
    hire(postgresql_database, "li", "committee")
    (server.data_dir / PEOPLE).write_text("[]")
    away = replace(server, practice_database_url=cluster.url("nowhere"))
    misspelt = replace(server, practice_database_url="postgresql+psycopg://village@db:port/practice")
    with pytest.raises(practice.problems.PracticeUnreachable, match="地址写得不对"):
        practice.open_database(misspelt)
    app = create_app(away, postgresql_database)
    li = Browser(app).sign_in("li")

    page = li.get(f"/v/{VILLAGE}/practice")
    refused = li.post(f"/v/{VILLAGE}/practice/discard")
    assert (page.status_code, refused.status_code) == (200, 409)
    assert "练习村的库（设置 practice_database_url）用不了" in words(page)

    app.extensions["pointsbank_settings"] = server
    assert "练习村的库里什么也没有了" in words(li.get(f"/v/{VILLAGE}/practice"))
    assert li.post(f"/v/{VILLAGE}/practice/discard").status_code == 303
    assert not practice.exists(server)


def test_two_do_not_make_it_at_once(server: Settings) -> None:
    seen = []

    def meanwhile(_doing: str) -> None:
        for verb in (practice.make, practice.discard):
            with pytest.raises(practice.problems.PracticeInHand):
                verb(server)
        seen.append(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        practice.make(server, progress=meanwhile)

    assert seen and not practice.exists(server)
