"""A title's steps, one after the other: who is refused, when, and with which day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import boards, households, proof, publicity, roster, scoring, titles
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.law.problems import NamesSomebody, Wording
from pointsbank.objections.recorders import AnsweredByKin
from pointsbank.panels.models import StaffKinRow
from pointsbank.roster.problems import ParticipantRestricted
from pointsbank.text import ERASED
from pointsbank.titles.states import TABLE, state_after
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE, hang_out, seat
from tests.publicity.scene import meeting_with
from tests.titles.scene import (
    CLEAN,
    TODAY,
    checked,
    founded,
    given,
    here,
    hung,
    later,
    lost,
    nominated,
    standing,
    stands,
    taken_off,
    voted,
)

problems = titles.problems


def public(database: Database, days: int = 0) -> titles.PublicKind:
    """The one kind as everybody sees it."""
    with database.reading() as session:
        [kind] = titles.public_titles(session, village=VILLAGE, at=later(days))
    return kind


def refusal(act: Any, *args: Any, **given: Any) -> str:
    """The name of the refusal that an act ends in."""
    with pytest.raises(Problem) as refused:
        act(*args, **given)
    return type(refused.value).__name__


def adopted(database: Database, **more: Any) -> titles.TitleKind:
    """A further adoption."""
    with database.writing() as session:
        return titles.adopt_kind(session, **CLEAN | more, **here())


def barred_by_veto(database: Database) -> None:
    """A posted veto keeps 王 from titles."""
    with database.writing() as session:
        meeting = meeting_with(session, ("0101", "A1"))
        notice = hang_out(session, village=VILLAGE, meeting=meeting, by=COMMITTEE, at=NOW)
        publicity.settle(session, village=VILLAGE, notice=notice.id, by=COMMITTEE, at=later(4))
        [score] = scoring.scores(session, village=VILLAGE)
        who = roster.by_code(session, village=VILLAGE, code="0101").id
        roster.restrict(
            session,
            village=VILLAGE,
            participant=who,
            score=score.id,
            kinds=["titles"],
            why="拒不整改",
            ends_on=None,
            by=COMMITTEE,
            at=later(4),
        )


def object_to(database: Database, one: titles.Title, days: int = 2) -> str:
    """Chen writes down what somebody says against a title."""
    with database.writing() as session:
        return titles.object_to_title(
            session, title_id=one.id, raised_by="匿名", reason="门前没有扫", **here(days, CLERK)
        ).id


def answered(database: Database, objection: str, upheld: bool) -> None:
    """The supervisor answers."""
    with database.writing() as session:
        titles.decide_title_objection(
            session, objection=objection, upheld=upheld, reason="去看过了", **here(3, SUPERVISOR)
        )


def test_a_supervisor_of_the_same_household_does_not_answer(sqlite_database: Database) -> None:
    founded(sqlite_database)
    one = checked(sqlite_database, nominated(sqlite_database))
    hung(sqlite_database, *voted(sqlite_database, one))
    objection = object_to(sqlite_database, one)
    with sqlite_database.writing() as session:
        seat(session, SUPERVISOR)
        whose = {"staff_id": SUPERVISOR, "participant_id": one.participant.id}
        session.add(StaffKinRow(village_id=VILLAGE, relation="own", **whose))

    with pytest.raises(AnsweredByKin, match="请由另一位村务监督答复"):
        answered(sqlite_database, objection, upheld=False)
    assert stands(sqlite_database, one).contested


@pytest.mark.parametrize(
    ("state", "step", "met", "then"),
    [
        ("nominated", "checked", False, "unmet"),
        ("unmet", "checked", True, "met"),
        ("met", "voted", False, "rejected"),
        ("standing", "checked", False, "failing"),
        ("failing", "taken_off", None, "taken_off"),
        ("taken_off", "checked", True, "put_right"),
        ("put_right", "given_back", None, "standing"),
        ("taken_off", "lost", None, "lost"),
        ("nominated", "voted", True, None),
        ("voted", "given", None, None),
        ("standing", "taken_off", None, None),
        ("standing", "lost", None, None),
        ("taken_off", "withdrawn", None, None),
        ("lost", "checked", True, None),
    ],
)
def test_which_step_leads_where(state: str, step: str, met: bool | None, then: str | None) -> None:
    if then is None:
        with pytest.raises(problems.TitleStands):
            state_after(state, step, met)
    else:
        assert state_after(state, step, met) == then


def test_many_are_voted_at_once_within_the_number_or_none_is(sqlite_database: Database) -> None:
    founded(sqlite_database)
    ones = [checked(sqlite_database, nominated(sqlite_database, code)) for code in ("0101", "0102", "0201")]

    with pytest.raises(problems.TitleQuotaFull, match="2个名额，已经有0个，还剩2个，这次多了1个"):
        voted(sqlite_database, *ones)
    assert {stands(sqlite_database, one).state for one in ones} == {"met"}
    assert [one.state for one in voted(sqlite_database, *ones[:2])] == ["voted", "voted"]
    with pytest.raises(problems.TitleQuotaFull, match="还剩0个"):
        voted(sqlite_database, ones[2])
    assert voted(sqlite_database, ones[2], votes=(3, 3))[0].state == "rejected"


def test_every_criterion_is_looked_at_and_one_that_is_missing_keeps_from_the_vote(
    sqlite_database: Database,
) -> None:
    founded(sqlite_database)
    one = nominated(sqlite_database)

    assert refusal(checked, sqlite_database, one, True) == "TitleChecksInvalid"
    assert checked(sqlite_database, one, True, False).state == "unmet"
    assert refusal(voted, sqlite_database, one) == "TitleStands"
    assert checked(sqlite_database, one).state == "met"


def test_a_title_is_given_once_its_notice_has_run_and_nobody_objects(sqlite_database: Database) -> None:
    founded(sqlite_database)
    one = checked(sqlite_database, nominated(sqlite_database))
    voted(sqlite_database, one)
    assert public(sqlite_database).hanging == ()
    hung(sqlite_database, one)

    assert [each.name for each in public(sqlite_database).hanging] == ["王*国"]
    with pytest.raises(problems.TitleNoticeRuns, match="2026年9月6日"):
        given(sqlite_database, one, days=5)
    objection = object_to(sqlite_database, one)
    assert refusal(object_to, sqlite_database, one) == "TitleObjectionStands"
    assert public(sqlite_database, 2).hanging == ()
    assert refusal(given, sqlite_database, one) == "TitleContested"
    answered(sqlite_database, objection, upheld=False)
    assert given(sqlite_database, one).state == "standing"
    [holder] = public(sqlite_database, 6).holders
    assert (holder.name, holder.group, holder.since) == ("王*国", "一组", later(6).date())


def test_an_objection_that_is_upheld_ends_it(database: Database) -> None:
    founded(database)
    one = checked(database, nominated(database))
    hung(database, *voted(database, one))

    answered(database, object_to(database, one), upheld=True)

    assert (stands(database, one).state, stands(database, one).steps[-1].words) == ("withdrawn", "异议成立")
    assert refusal(given, database, one) == "TitleStands"
    assert proof.verify(database, village=VILLAGE).holds


def test_a_veto_keeps_from_titles_and_hides_one_that_stands(sqlite_database: Database) -> None:
    founded(sqlite_database)
    one = standing(sqlite_database)
    barred_by_veto(sqlite_database)

    assert public(sqlite_database, 6).holders == ()
    with sqlite_database.reading() as session:
        assert titles.to_review(session, village=VILLAGE, at=later(6)) == [one.id]
    taken_off(sqlite_database, one, days=7)
    checked(sqlite_database, one, days=8)
    with pytest.raises(ParticipantRestricted, match="荣誉称号"), sqlite_database.writing() as session:
        titles.give_back(session, title_id=one.id, **here(9))
    adopted(sqlite_database, name="五好家庭")
    with pytest.raises(ParticipantRestricted, match="拒不整改"):
        nominated(sqlite_database, days=8, kind="五好家庭")


def test_who_is_away_left_the_boards_or_has_ended_has_no_title(sqlite_database: Database) -> None:
    founded(sqlite_database)
    with sqlite_database.writing() as session:
        common = here()
        roster.edit(session, code="0102", facts=roster.NewFacts(status="away"), reason="外出打工", **common)
        boards.leave(session, participant="0201", signed_on=TODAY, **common)

    assert refusal(nominated, sqlite_database, "0102") == "TitleAway"
    assert refusal(nominated, sqlite_database, "0201") == "TitleBoardsLeft"
    assert refusal(nominated, sqlite_database, "D01") == "TitleHolderUnfit"
    nominated(sqlite_database)
    assert refusal(nominated, sqlite_database) == "TitleUnderWay"
    with pytest.raises(NamesSomebody):
        nominated(sqlite_database, "0203", reason="帮王建国扫门前")
    with pytest.raises(Wording):
        nominated(sqlite_database, "0203", reason="从不上访")


def test_nobody_loses_a_title_before_the_days_are_over_nor_by_who_looked_alone(
    sqlite_database: Database,
) -> None:
    founded(sqlite_database)
    one = standing(sqlite_database)
    taken_off(sqlite_database, one, days=10, until=later(20).date())

    assert refusal(lost, sqlite_database, one, 15) == "TitleDeadlineRuns"
    checked(sqlite_database, one, False, True, days=19)
    assert refusal(lost, sqlite_database, one, 21) == "TitleDeadlineRuns"
    checked(sqlite_database, one, False, True, days=20, by=f"operator:{SUPERVISOR}")
    assert refusal(lost, sqlite_database, one, 21) == "TitleCheckUnsigned"
    checked(sqlite_database, one, False, True, days=20)
    assert refusal(lost, sqlite_database, one, 21, COMMITTEE) == "TitleOthersLose"
    with sqlite_database.reading() as session:
        plate = titles.plate(session, village=VILLAGE, title_id=one.id)
        assert (plate.state, plate.title) == ("off", "清洁户")
    assert lost(sqlite_database, one, 21).state == "lost"
    with sqlite_database.reading() as session:
        assert titles.plate(session, village=VILLAGE, title_id=one.id).state == "over"
    assert refusal(nominated, sqlite_database, days=30) == "TitleBarred"


def test_a_person_is_named_by_own_signature_alone(sqlite_database: Database) -> None:
    founded(sqlite_database, name="好媳妇", holder="person", quota=None)
    kind = {"kind": "好媳妇"}

    assert refusal(nominated, sqlite_database, **kind) == "TitlePersonMissing"
    assert refusal(nominated, sqlite_database, person="李梅花", agreed_on=later(1).date(), **kind) == (
        "TitleAgreementInvalid"
    )
    standing(sqlite_database, person="李梅花", agreed_on=TODAY, **kind)
    standing(sqlite_database, "0102", person="陈小芳", **kind)

    found = public(sqlite_database, 6).holders
    assert [(one.name, one.of) for one in found] == [("李梅花", "王*国"), ("陈*芳", "王*国")]
    plain = str(found)
    assert "陈小芳" not in plain
    assert "王建国" not in plain


def test_benefits_are_given_or_not_until_their_last_day_and_rest_with_the_plate(
    sqlite_database: Database,
) -> None:
    founded(sqlite_database)
    one = standing(sqlite_database)

    def noted(benefit: int, was_given: bool, words: str = "", days: int = 6) -> titles.OwnBenefit:
        with sqlite_database.writing() as session:
            return titles.note_benefit(
                session, title_id=one.id, benefit=benefit, given=was_given, words=words, **here(days)
            )

    assert refusal(noted, 1, False) == "TitleBenefitReason"
    assert refusal(noted, 9, True) == "TitleBenefitUnknown"
    assert noted(1, True).until == "到2027年9月7日"
    assert noted(2, False, "今年摊位满了").given is False
    assert noted(2, True) == noted(2, True)
    with sqlite_database.reading() as session:
        [first, second] = titles.benefits_of(session, [one], village=VILLAGE)[one.id]
        now = titles.title(session, village=VILLAGE, title_id=one.id)
        assert (first.stands(now, date(2027, 9, 7)), first.stands(now, date(2027, 9, 8))) == (True, False)
        assert (second.given, second.until) == (True, "称号在就有")
    off = taken_off(sqlite_database, one, days=30)
    assert not first.stands(off, later(30).date())
    assert refusal(noted, 1, True, "", 30) == "TitleStands"


def test_three_years_running_are_recommended_upward(sqlite_database: Database) -> None:
    founded(sqlite_database)
    one = standing(sqlite_database)

    def recommended(days: int) -> titles.Title:
        with sqlite_database.writing() as session:
            return titles.recommend(session, title_id=one.id, to="镇文明办", **here(days))

    with pytest.raises(problems.TitleYearsShort, match="连续3年才向上推荐，这一户现在是连续2年"):
        recommended(400)
    assert recommended(500).state == "standing"
    assert stands(sqlite_database, one).review_on == later(6 + 181).date()


def test_a_kind_holds_from_its_day_and_what_is_nominated_keeps_its_own(sqlite_database: Database) -> None:
    kind = founded(sqlite_database)
    one = nominated(sqlite_database)

    assert adopted(sqlite_database).id == kind.id
    new = adopted(sqlite_database, criteria=["三净"], from_date=later(5).date())
    assert refusal(adopted, sqlite_database, from_date=TODAY, quota=5) == "TitleKindTooEarly"
    assert refusal(adopted, sqlite_database, name="好人", criteria=[]) == "TitleCriteriaInvalid"
    assert nominated(sqlite_database, "0102", days=4).kind.id == kind.id
    assert nominated(sqlite_database, "0201", days=5).kind.id == new.id
    assert stands(sqlite_database, one).kind.criteria == ("院内干净", "门前干净")
    adopted(sqlite_database, in_use=False, from_date=later(6).date())
    assert refusal(nominated, sqlite_database, "0203", days=6) == "TitleKindUnknown"


def test_a_letter_is_written_once_and_brought_once(database: Database) -> None:
    founded(database)
    deed = {"kind": "congratulation", "participant": "0101", "deed": "下水救起落水的人"}

    def written(**more: Any) -> titles.Letter:
        with database.writing() as session:
            return titles.write_letter(session, **deed | more, **here())

    def brought(one: titles.Letter) -> titles.Letter:
        with database.writing() as session:
            return titles.bring_letter(session, letter_id=one.id, **here(1))

    one = written()
    assert written() == one
    assert refusal(written, kind="recommendation") == "TitleLetterAddressee"
    assert refusal(written, addressee="信用社") == "TitleLetterAddressee"
    assert brought(one).brought_on == later(1).date()
    assert refusal(brought, one) == "TitleLetterBrought"
    assert proof.verify(database, village=VILLAGE).holds


@pytest.mark.both
def test_a_household_that_is_forgotten_leaves_steps_without_words(database: Database) -> None:
    founded(database, name="好媳妇", holder="person", quota=None)
    one = standing(database, kind="好媳妇", person="李梅花", reason="照顾公婆")
    taken_off(database, one, days=10)
    with database.writing() as session:
        titles.write_letter(session, kind="thanks", participant="0101", deed="修好村里的路灯", **here(11))
        common = {"participant": "0101", **here(12)}
        households.close(session, decision="举家迁出", request_id="close-0001", **common)
        households.erase(session, reason="本人要求", **common)

    with database.reading() as session:
        now = titles.title(session, village=VILLAGE, title_id=one.id)
        assert (now.person, now.reason, now.steps[-1].words) == (ERASED, ERASED, ERASED)
        assert now.state == "withdrawn"
        assert titles.letters(session, village=VILLAGE)[0].deed == ERASED
        assert titles.public_titles(session, village=VILLAGE, at=later(12))[0].holders == ()
        assert titles.plate(session, village=VILLAGE, title_id=one.id).state == "over"
    assert proof.verify(database, village=VILLAGE).holds


@pytest.mark.both
def test_what_no_sql_may_do_either(database: Database) -> None:
    founded(database)
    one = standing(database)
    off = taken_off(database, one, days=10)
    other = checked(database, nominated(database, "0102", days=10), days=10)
    mine = f"village_id = '{VILLAGE}' AND title_id = '{one.id}'"
    named = (
        "village_id, title_id, number, kind, state, met, day, until_on, votes_for, votes_against,"
        " place, words, seen_by, recorded_at, recorded_by"
    )

    def step(title: titles.Title, number: int, more: str, day: str = "2026-12-01") -> str:
        kind, state, met, until, votes = more.split("/")
        values = (
            f"'{VILLAGE}', '{title.id}', {number}, '{kind}', '{state}', {met}, '{day}', {until}, {votes},"
            f" {votes}, '', 'x', '', '2026-12-01 00:00:00+00', '{COMMITTEE}'"
        )
        return f"INSERT INTO title_step ({named}) VALUES ({values})"

    same = "village_id, kind_id, participant_id, person, nominated_by, nominated_on, recorded_at, recorded_by"
    copied = (
        f"INSERT INTO title (id, number, nominator, reason, {same}) SELECT 'x', 99, '', '', {same}"
        f" FROM title WHERE id = '{one.id}'"
    )
    noted = (
        "INSERT INTO title_benefit_note (village_id, title_id, benefit, number, given, day, words,"
        f" recorded_at, recorded_by) VALUES ('{VILLAGE}', '{one.id}', 1, 1, true, '2026-12-01', '',"
        " '2026-12-01', 'li')"
    )
    for order in (
        f"UPDATE title_step SET state = 'standing' WHERE {mine} AND number = {len(off.steps)}",
        f"DELETE FROM title_step WHERE {mine}",
        f"UPDATE title SET nominated_by = 'group' WHERE id = '{one.id}'",
        f"DELETE FROM title WHERE id = '{one.id}'",
        "UPDATE title_kind SET quota = 99",
        "DELETE FROM title_criterion",
        f"UPDATE title_check SET met = true WHERE {mine}",
        copied,
        noted,
        # Lost without a look after the deadline; given without a notice; voted by nobody; out of its order.
        step(one, len(off.steps) + 1, "lost/lost/NULL/'2027-12-01'/NULL"),
        step(other, 2, "given/standing/NULL/NULL/NULL"),
        step(other, 2, "voted/voted/true/NULL/5"),
        step(other, 9, "withdrawn/withdrawn/NULL/NULL/NULL"),
        step(other, 2, "checked/met/true/NULL/NULL"),
        step(one, len(off.steps) + 1, "withdrawn/withdrawn/NULL/NULL/NULL"),
        step(other, 2, "withdrawn/withdrawn/NULL/NULL/NULL", day="2026-09-01"),
    ):
        with pytest.raises(DatabaseError), database.writing() as session:
            session.connection().execute(text(order))
    with database.writing() as session:
        session.connection().execute(text(step(other, 2, "voted/rejected/false/NULL/5")))


def test_a_number_that_is_taken_stands_in_the_database_too(sqlite_database: Database) -> None:
    founded(sqlite_database, quota=1)
    voted(sqlite_database, checked(sqlite_database, nominated(sqlite_database)))
    other = checked(sqlite_database, nominated(sqlite_database, "0102"))

    order = (
        "INSERT INTO title_step (village_id, title_id, number, kind, state, met, day, votes_for,"
        " votes_against, place, words, seen_by, recorded_at, recorded_by) VALUES"
        f" ('{VILLAGE}', '{other.id}', 2, 'voted', 'voted', true, '2026-09-01', 9, 1, '', '',"
        f" '', '2026-09-01', '{COMMITTEE}')"
    )
    with pytest.raises(DatabaseError), sqlite_database.writing() as session:
        session.connection().execute(text(order))


def test_the_table_ends_in_states_that_are_known_and_from_which_nothing_follows() -> None:
    assert set(TABLE.values()) >= {"rejected", "lost", "withdrawn"}
    assert not {state for state, _, _ in TABLE} & {"rejected", "lost", "withdrawn"}
