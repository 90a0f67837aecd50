"""A visit by card: it begins, ends, is forgotten, and shows what boards say of its household."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pointsbank import boards, card_page, card_visits, publicity, roster
from pointsbank.card_visits import CardVisit
from pointsbank.database import Database
from tests.builders import HANDED, NOW
from tests.publicity.scene import CODE, LI, after, found_village


def scan(database: Database, code: str = "0101", at: datetime = NOW) -> tuple[str, str]:
    """A new card of a household, and the secret of a telephone that scanned it."""
    with database.writing() as session:
        who = roster.by_code(session, village=CODE, code=code).id
        [card] = roster.issue(session, village=CODE, participants=[who], by=LI, at=at)
        roster.hand_out(session, village=CODE, cards=[card.id], by=LI, at=at)
    with database.writing() as session:
        secret = card_visits.begin(session, text=card.token, at=at)
    assert secret is not None
    return card.token, secret


def found(database: Database, secret: str, at: datetime = NOW) -> CardVisit | None:
    """The visit of a telephone."""
    with database.reading() as session:
        return card_visits.find(session, secret=secret, at=at)


def test_a_visit_is_found_by_its_secret_for_a_quarter_of_an_hour_alone(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
    _, secret = scan(database)
    own = secret.partition(".")[2]

    assert found(database, secret) and found(database, secret, NOW + timedelta(minutes=14, seconds=59))
    for other in (f"{CODE}.", f"zhuyuan.{own}", own, secret.swapcase(), f"{secret} ", "", "\ud800.x", "é.é"):
        assert found(database, other) is None
    for at in (NOW + card_visits.LASTS, NOW - timedelta(seconds=1)):
        assert found(database, secret, at) is None
    with database.writing() as session:
        assert card_visits.count_ended(session, village=CODE, at=NOW + card_visits.LASTS) == 1
        assert card_visits.forget_ended(session, village=CODE, at=NOW + card_visits.LASTS) == 1


def test_it_ends_with_its_card(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
    token, secret = scan(database)
    with database.writing() as session:
        roster.lose(session, village=CODE, code="0101", by=LI, at=NOW)

    assert found(database, secret) is None
    with database.writing() as session:
        assert card_visits.begin(session, text=token, at=NOW) is None
    _, secret = scan(database)
    assert found(database, secret)
    with database.writing() as session:
        card_visits.end(session, secret=secret)
    assert found(database, secret) is None


def test_a_household_has_so_many_at_once(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
    token, _ = scan(database)
    with database.writing() as session:
        for _ in range(card_visits.MAXIMUM - 1):
            card_visits.begin(session, text=token, at=NOW)
        who = roster.by_code(session, village=CODE, code="0101").id
        with pytest.raises(card_visits.problems.TooManyVisits):
            card_visits.refuse_too_many(session, village=CODE, participant=who, at=NOW)
        card_visits.refuse_too_many(session, village=CODE, participant=who, at=NOW + card_visits.LASTS)


def test_its_page_says_what_boards_and_papers_say_of_the_household(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
        here: dict[str, Any] = {"village": CODE, "by": LI, "at": NOW}
        boards.resolve_black_board(session, **here, resolution="第3号决议", on=date(2026, 8, 20))
        fact: dict[str, Any] = {"rule": "B1", "fact": "门前杂物堆放，三次提醒未清理"}
        one = boards.propose_black(session, **here, month="2026-09", participant="0101", **fact)
        boards.deliver(session, **here, listing=one.id, on=NOW.date(), **HANDED)
        boards.object_to_listing(session, **here, listing=one.id, raised_by="王建国", reason="已清理")
        publicity.give_consent(session, **here, participant="0102")
        publicity.give_consent(session, **here, participant="0201", shown_as="numbered")

    shown = {code: sections(database, code) for code in ("0101", "0102", "0201", "Z01")}

    [entry] = shown["0101"]["listed"]
    assert entry.sentences[0] == "2026年9月1日告知了您家，还没有上榜，2026年9月8日以前不表决。"
    assert entry.sentences[1].startswith("已提异议，应在2026年9月")
    assert [found.get("shown_name", "") for found in shown.values()] == [
        "王*国（没有登记过同意公开姓名）。",
        "王建国（登记过同意公开姓名；公示期没满的，网上公开栏先不写全名）。",
        "只写序号，例如“第12户”，不写名字。",
        "",
    ]
    assert not any("listed" in shown[code] for code in ("0102", "0201", "Z01"))


def sections(database: Database, code: str) -> dict[str, Any]:
    """What stands on a household's page, by section."""
    _, secret = scan(database, code, after(1))
    visit = found(database, secret, after(1))
    assert visit is not None
    with database.reading() as session:
        return {one.section.name: one.found for one in card_page.of_visit(session, visit=visit, at=after(1))}
