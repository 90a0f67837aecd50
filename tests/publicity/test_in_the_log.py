"""Notices, objections and consents are entries of the log, with all that their rows hold."""

import pytest

from pointsbank import households, ledger, publicity, roster
from pointsbank.database import Database
from pointsbank.households.erasing import erase
from pointsbank.ledger import LogEntry
from tests.builders import HOUSEHOLDS
from tests.publicity.scene import CODE, LI, NOW, ZHAO, after, hung, scores_of, settle

HERE = {"village": CODE}


def entries(database: Database, *kinds: str) -> list[LogEntry]:
    """The entries of these kinds, oldest first."""
    with database.reading() as session:
        return ledger.log_entries(session, kinds=kinds, **HERE)[::-1]


def sentence(database: Database, entry: LogEntry) -> str:
    """What an entry says, with the names of the cast."""
    with database.reading() as session:
        people = {one.id: one.name for one in roster.everyone(session, **HERE)}
    return ledger.describe(entry.kind, entry.words, lambda id: people.get(str(id), str(id)))


def test_a_notice_is_told_with_its_days_where_it_hangs_and_when_it_came_down(database: Database):
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A1"))
    with database.writing() as session:
        settle(session, notice)
        settle(session, notice)

    up, hangs, down = entries(database, "notice_up", "notice_hung", "notice_down")
    assert (up.kind, up.actor, hangs.actor, down.kind, down.actor) == ("notice_up", LI, LI, "notice_down", LI)
    assert up.words == {
        "notice": notice.id,
        "meeting": notice.meeting,
        "title": notice.title,
        "published_on": "2026-09-01",
        "published_at": NOW.isoformat(),
        "days": 3,
    }
    assert sentence(database, up) == "九月评议会公示：张贴后公示3天"
    assert sentence(database, hangs) == "九月评议会公示：村务公开栏，2026-09-01张贴，公示到2026-09-04"
    first_days = {"title": "九月评议会公示", "published_on": "2026-09-01", "ends_on": "2026-09-04"}
    assert ledger.describe("notice_up", first_days, str) == "九月评议会公示：2026-09-01至2026-09-04"
    assert sentence(database, down) == "入账2条"


@pytest.mark.parametrize(("upheld", "verdict"), [(True, "成立"), (False, "不成立")])
def test_an_objection_and_its_answer_are_told_word_for_word(database: Database, upheld: bool, verdict: str):
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        score = scores_of(session, notice)[0]
        filed = publicity.raise_objection(
            session, score=score.id, raised_by="李四", reason="那天不在家", by=LI, at=NOW, **HERE
        )
    with database.writing() as session:
        answer = {"upheld": upheld, "reason": "查看照片"}
        publicity.decide_objection(session, objection=filed.id, **answer, by=ZHAO, at=after(1), **HERE)

    raised, decided = entries(database, "objection_filed", "objection_decided")
    assert raised.words is not None and decided.words is not None
    assert (raised.actor, raised.words["subject"], raised.words["notice"]) == (LI, score.id, notice.id)
    assert (raised.words["raised_by"], raised.words["due_on"]) == ("李四", "2026-09-10")
    assert (decided.words["objection"], decided.words["upheld"]) == (filed.id, upheld)
    assert sentence(database, raised) == "对王建国的评分：那天不在家（2026-09-10前答复）"
    assert sentence(database, decided) == f"对王建国的评分：{verdict}，查看照片"


def test_an_answer_after_posting_is_told_behind_what_it_posts(sqlite_database: Database):
    """The log's head is the last lock: whoever posts locks accounts first."""
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        score = scores_of(session, notice)[0]
        about = {"score": score.id, "raised_by": "李四", "reason": "那天不在家"}
        filed = publicity.raise_objection(session, **about, by=LI, at=NOW, **HERE)
    with sqlite_database.writing() as session:
        settle(session, notice)
    with sqlite_database.writing() as session:
        answer = {"upheld": False, "reason": "查看照片"}
        publicity.decide_objection(session, objection=filed.id, **answer, by=ZHAO, at=after(5), **HERE)

    assert [one.kind for one in entries(sqlite_database)][-2:] == ["award", "objection_decided"]


def test_a_consent_is_told_when_it_is_given_replaced_and_withdrawn(database: Database):
    with database.writing() as session:
        hung(session, ("0101", "A1"))
    for shown_as in ("named", "numbered"):
        with database.writing() as session:
            publicity.give_consent(session, participant="0101", shown_as=shown_as, by=LI, at=NOW, **HERE)
    with database.writing() as session:
        publicity.withdraw_consent(session, participant="0101", by=LI, at=after(1), **HERE)

    told = entries(database, "consent_given", "consent_withdrawn")
    assert [(one.kind, sentence(database, one)) for one in told] == [
        ("consent_given", "王建国：公开姓名"),
        ("consent_withdrawn", "王建国"),
        ("consent_given", "王建国：只用序号"),
        ("consent_withdrawn", "王建国"),
    ]
    assert told[2].words is not None and told[3].words is not None
    assert told[2].words["consent"] == told[3].words["consent"]


def test_words_about_an_erased_household_go_from_these_entries_too(database: Database):
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        score = scores_of(session, notice)[0]
        about = {"score": score.id, "raised_by": "王建国", "reason": "那天我家都不在"}
        filed = publicity.raise_objection(session, **about, by=LI, at=NOW, **HERE)
        publicity.give_consent(session, participant="0101", by=LI, at=NOW, **HERE)
        answer = {"objection": filed.id, "upheld": True, "reason": "查看照片"}
        publicity.decide_objection(session, **answer, by=ZHAO, at=after(1), **HERE)
        close = {"participant": "0101", "decision": "迁出", "request_id": "close-0101"}
        households.close(session, **close, by=LI, at=after(2), **HERE)
        erase(session, participant="0101", reason="本人要求", by=LI, at=after(3), **HERE)

    kinds = ("objection_filed", "objection_decided", "consent_given", "consent_withdrawn")
    told = entries(database, *kinds)
    assert {one.kind for one in told} == set(kinds)
    assert {(one.actor, one.words) for one in told} == {(None, None)}
    assert HOUSEHOLDS["wang"][1] not in "".join(sentence(database, one) for one in told)
