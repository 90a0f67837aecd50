"""Dice thrown at the assembly draw entries of a closed month; two look at them, and two of two roles sign."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import governing, panels, proof, roster, spot_checks, staff
from pointsbank.database import Database
from pointsbank.law.problems import Wording
from pointsbank.spot_checks import Found, rule
from pointsbank.spot_checks.bound import below_percent
from pointsbank.spot_checks.models import SpotCheckAnswerRow, SpotCheckRow
from pointsbank.spot_checks.rule import ticket
from pointsbank.staff.problems import LoginNotIndependent
from tests.builders import COMMITTEE, SUPERVISOR, VILLAGE
from tests.proof.month import DEPUTY
from tests.spot_checks.scene import (
    AT,
    BY_LI,
    DICE,
    HERE,
    MONTH,
    all_true,
    answered,
    closed,
    larger,
    planned,
    signed,
    thrown,
)

problems = spot_checks.problems


def test_from_the_number_to_a_result_that_says_what_it_means(database: Database):
    closed(database)
    planned(database)
    one = thrown(database)

    answered(database, all_true(one))
    signed(database)
    done = signed(database, by=COMMITTEE)

    assert (done.status, done.size, done.population, len(done.drawn)) == ("sealed", 7, 7, 7)
    assert done.result == "7条全部看了，7条属实。"
    assert proof.verify(database, village=VILLAGE).holds


def test_whoever_has_the_public_export_and_the_dice_finds_the_same_entries(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)

    public = []
    for line in proof.export_lines(sqlite_database, village=VILLAGE):
        said = json.loads(line)
        said = json.loads(said["public"]) if "public" in said else said
        if "k" in said:
            public.append(said)
    tickets = {
        index: hashlib.sha256(f"pointsbank-draw-v1\n{one.digest}\n{one.dice}\n{index}".encode()).digest()
        for index in (line["i"] for line in public if line["k"] in ("award", "deduction"))
        if one.start <= index < one.stop
    }

    assert len(tickets) == one.population
    assert list(one.drawn) == sorted(tickets, key=lambda index: tickets[index])


@pytest.mark.parametrize(
    ("digest", "dice", "index", "expected"),
    [
        ("00" * 32, "1234561234", 7, "6807f7c9c324d2d0"),
        ("00" * 32, "1234561235", 7, "a81a9ac8eb25ee57"),
        ("ff" * 32, "6666666666", 0, "ad343a5eaa2be0ce"),
        ("ff" * 32, "6666666666", 100_000, "609806795d4547ff"),
    ],
)
def test_a_ticket_is_one_hash_over_four_lines(digest: str, dice: str, index: int, expected: str):
    assert ticket(digest, dice, index).startswith(expected)


@pytest.mark.parametrize(
    ("looked", "wrong", "percent"),
    [
        (20, 0, 11),  # 1 - 0.1 ** (1/20) is 10.9 of a hundred
        (20, 1, 19),
        (20, 2, 25),
        (20, 20, 100),
        (1, 0, 90),  # just nine to one
        (1, 1, 100),
        (5, 0, 37),
        (22, 0, 10),
        (45, 0, 5),  # 0.95 ** 45 is below a tenth, 0.95 ** 44 is not
        (44, 0, 6),
        (100, 0, 3),
        (100, 5, 10),
    ],
)
def test_the_bound_is_clopper_and_pearson_s_rounded_up(looked: int, wrong: int, percent: int):
    assert below_percent(looked, wrong) == percent


def test_the_number_is_fixed_before_the_dice_and_not_again(sqlite_database: Database):
    closed(sqlite_database)
    first = planned(sqlite_database, month=larger(sqlite_database), size=10)

    assert (first.size, first.population) == (10, 12)
    assert planned(sqlite_database, month=first.month, size=10) == first
    with pytest.raises(problems.SpotCheckPlanned, match="已经定了抽10条"):
        planned(sqlite_database, month=first.month, size=11)
    planned(sqlite_database)
    with pytest.raises(problems.DiceNotThrown):
        answered(sqlite_database, {10: Found("true")})


def test_nobody_fixes_so_few_that_they_say_nothing(database: Database):
    closed(database)
    month = larger(database)

    with pytest.raises(problems.SizeTooSmall, match="2026年10月有12条，至少要抽10条"):
        planned(database, month=month, size=9)
    with pytest.raises(problems.SizeTooSmall, match="至少要抽7条"):
        planned(database, size=6)
    with pytest.raises(DatabaseError), database.writing() as session:
        few = {"village_id": VILLAGE, "month": month, "size": 9, "population": 12, "planned_at": AT}
        session.add(SpotCheckRow(**few, planned_by=SUPERVISOR))
        session.flush()


def test_more_than_there_are_means_all_and_says_so(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    answered(sqlite_database, all_true(thrown(sqlite_database)))
    signed(sqlite_database)

    assert signed(sqlite_database, by=COMMITTEE).result == "7条全部看了，7条属实。"


def entries(database: Database, one: spot_checks.SpotCheck) -> list[spot_checks.DrawnEntry]:
    """What is drawn."""
    with database.reading() as session:
        return spot_checks.drawn_entries(session, village=VILLAGE, indices=one.drawn)


@pytest.mark.parametrize("typed", ["", "316452261", "31645226140", "3164522617", "31645226一4", "0123456123"])
def test_what_is_not_ten_dice_is_refused(sqlite_database: Database, typed: str):
    closed(sqlite_database)
    planned(sqlite_database)

    with pytest.raises(problems.DiceInvalid):
        thrown(sqlite_database, dice=typed)


def test_dice_are_thrown_once_and_the_same_again_is_one_act(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)

    assert thrown(sqlite_database, dice="3 1 6 4 5 2 2 6 1 4") == one
    with pytest.raises(problems.DiceThrown):
        thrown(sqlite_database, dice="1111111111")
    with pytest.raises(problems.DiceThrown):
        thrown(sqlite_database, dice="1111111111", reason="看错了")
    with pytest.raises(problems.SameWitness):
        thrown(sqlite_database, witness="0101")


def test_a_slip_is_put_right_once_by_somebody_of_another_role_and_both_records_stay(
    sqlite_database: Database,
):
    closed(sqlite_database)
    planned(sqlite_database)
    thrown(sqlite_database, by=COMMITTEE)
    right = {"dice": "3164522615", "reason": "最后一个骰子看错了"}

    with pytest.raises(problems.DiceReasonMissing):
        thrown(sqlite_database, dice="3164522615")
    with pytest.raises(problems.SameRole):
        thrown(sqlite_database, **right, by=DEPUTY)
    with pytest.raises(Wording):
        thrown(sqlite_database, **right | {"reason": "他赌博去了"})
    one = thrown(sqlite_database, **right)

    assert [(each.dice, each.reason) for each in one.throws] == [(DICE, ""), (right["dice"], right["reason"])]
    assert one.dice == right["dice"]
    with pytest.raises(problems.DicePutRight, match="已经更正过一次"):
        thrown(sqlite_database, dice=DICE, reason="没有看错")


def test_what_is_kept_of_a_draw_follows_its_dice(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    found = []
    for more in ({"by": COMMITTEE}, {"dice": "6666666666", "reason": "拿错了纸"}):
        thrown(sqlite_database, **more)
        for _ in range(2):
            with sqlite_database.reading() as session:
                found.append(spot_checks.spot_check(session, **HERE))

    with sqlite_database.reading() as session:
        among = spot_checks.eligible(session, **HERE)
    expected = [rule.drawn(one.digest, one.dice, among, 7) for one in found]
    assert [list(one.drawn) for one in found] == expected
    assert found[0].drawn == found[1].drawn != found[2].drawn == found[3].drawn


def test_once_something_was_looked_at_the_dice_stay(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)
    answered(sqlite_database, {one.drawn[0]: Found("true")})

    with pytest.raises(problems.DicePutRight, match="已经有人去看过"):
        thrown(sqlite_database, dice="1111111111", reason="看错了", by=COMMITTEE)
    with pytest.raises(DatabaseError), sqlite_database.writing() as session:
        session.connection().execute(
            text(
                "INSERT INTO spot_check_throw SELECT village_id, month, 2, '1111111111', thrower_id,"
                " witness_id, 'x', recorded_by, recorded_at FROM spot_check_throw"
            )
        )


def test_nobody_looks_into_the_own_household_s_entries(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)
    own = next(each for each in entries(sqlite_database, one) if each.code == "0201")

    with pytest.raises(problems.OwnEntry, match=f"第{own.log_index}条是买买提·艾力（0201）自己家"):
        answered(sqlite_database, all_true(one), first="0303", second="0201")
    with pytest.raises(problems.SameInspector):
        answered(sqlite_database, all_true(one), first="0303", second="0303")
    with sqlite_database.reading() as session:
        ids = [roster.by_code(session, village=VILLAGE, code=code).id for code in ("0303", "0201")]
    with pytest.raises(DatabaseError), sqlite_database.writing() as session:
        row = {"month": MONTH, "log_index": own.log_index, "number": 1, "answer": "true", "recorded_at": AT}
        inspectors = dict(zip(("first_id", "second_id"), ids, strict=True))
        session.add(SpotCheckAnswerRow(village_id=VILLAGE, recorded_by=SUPERVISOR, **row, **inspectors))
        session.flush()
    with pytest.raises(problems.EntryNotDrawn):
        answered(sqlite_database, {3: Found("true")})


def noted(database: Database, household: str, relation: str, *, whose: str = SUPERVISOR) -> None:
    """A household is noted at somebody's account, the supervisor's unless said."""
    with database.writing() as session:
        known = staff.everyone(session, village=VILLAGE)
        login = next(one.staff.login for one in known if one.staff.id == whose)
        panels.note_kin(
            session, village=VILLAGE, login=login, household=household, relation=relation, by=COMMITTEE, at=AT
        )


def test_who_enters_leaves_a_near_relative_s_entries_to_somebody_else(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)
    theirs = {each.log_index for each in entries(sqlite_database, one) if each.code == "0201"}
    noted(sqlite_database, "0201", "sibling")

    with pytest.raises(problems.EntererInvolved, match=f"第{min(theirs)}条"):
        answered(sqlite_database, all_true(one))
    answered(sqlite_database, {each: Found("true") for each in one.drawn if each not in theirs})
    assert answered(sqlite_database, {each: Found("true") for each in theirs}, by=COMMITTEE).open == 0


def test_nobody_looks_into_a_near_relative_s_entries(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)
    noted(sqlite_database, "0303", "own")
    answered(sqlite_database, {one.drawn[0]: Found("true")}, by=COMMITTEE)

    # 0303 is the supervisor's own: its people do not look into a relative's, nor the relative's into its own.
    noted(sqlite_database, "0201", "sibling")
    with pytest.raises(problems.OwnEntry, match="近亲属家的"):
        answered(sqlite_database, all_true(one), by=COMMITTEE)
    with sqlite_database.reading() as session:
        ids = {code: roster.by_code(session, village=VILLAGE, code=code).id for code in ("0201", "0303")}
        here = {"session": session, "village": VILLAGE}
        near = {code: panels.kin_of_household(**here, participant=id) for code, id in ids.items()}
    assert near == {"0303": {ids["0201"]}, "0201": {ids["0303"]}}


def test_a_note_stays_within_the_law(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)

    with pytest.raises(Wording):
        answered(sqlite_database, {one.drawn[0]: Found("not_true", "去赌博了")})


def test_a_changed_answer_takes_the_first_signature_off(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)
    answered(sqlite_database, all_true(one))
    seen = signed(sqlite_database).mark

    again = answered(sqlite_database, {one.drawn[1]: Found("not_findable", "那天没有人在场")})

    assert (again.status, again.signed_by) == ("thrown", None)
    with pytest.raises(problems.SpotCheckChanged):
        signed(sqlite_database, by=COMMITTEE, seen=seen)
    signed(sqlite_database)
    done = signed(sqlite_database, by=COMMITTEE)
    assert done.result == ("7条全部看了，6条属实，1条查不到（按不属实算）。")
    assert proof.verify(sqlite_database, village=VILLAGE).holds


def test_two_people_of_two_roles_sign_when_all_is_answered(sqlite_database: Database):
    closed(sqlite_database)
    planned(sqlite_database)
    one = thrown(sqlite_database)
    with pytest.raises(problems.SpotCheckUnanswered, match="还有7条"):
        signed(sqlite_database)
    answered(sqlite_database, all_true(one))
    signed(sqlite_database, by=DEPUTY)

    assert signed(sqlite_database, by=DEPUTY).status == "signed"
    with pytest.raises(problems.SameRole):
        signed(sqlite_database, by=COMMITTEE)
    with pytest.raises(LoginNotIndependent):
        signed(sqlite_database, by="operator")
    assert signed(sqlite_database).status == "sealed"
    with pytest.raises(problems.SpotCheckSealed):
        answered(sqlite_database, {one.drawn[0]: Found("not_true")})


def looked_at(database: Database) -> None:
    """Every entry of the month was drawn and found true."""
    closed(database)
    planned(database)
    answered(database, all_true(thrown(database)))


@pytest.mark.parametrize("order", [(SUPERVISOR, COMMITTEE), (COMMITTEE, SUPERVISOR)])
def test_nobody_signs_for_the_own_household_or_a_relative_s_entry(
    sqlite_database: Database, order: tuple[str, str]
):
    looked_at(sqlite_database)
    noted(sqlite_database, "0201", "sibling", whose=COMMITTEE)
    for by in order:
        if by == COMMITTEE:
            with pytest.raises(problems.SignerInvolved, match="近亲属的户"):
                signed(sqlite_database, by=by)
        else:
            signed(sqlite_database, by=by)

    assert signed(sqlite_database, by=DEPUTY).status == "sealed"


@pytest.mark.parametrize("order", [(SUPERVISOR, COMMITTEE), (COMMITTEE, SUPERVISOR)])
def test_two_of_one_household_do_not_sign_together(sqlite_database: Database, order: tuple[str, str]):
    looked_at(sqlite_database)
    for who in order:
        noted(sqlite_database, "0303", "own", whose=who)
    signed(sqlite_database, by=order[0])

    with pytest.raises(problems.SameHousehold):
        signed(sqlite_database, by=order[1])


@pytest.mark.parametrize("order", [(DEPUTY, COMMITTEE), (COMMITTEE, DEPUTY)])
def test_who_has_both_roles_is_no_second_role_beside_one_of_them(
    sqlite_database: Database, order: tuple[str, str]
):
    looked_at(sqlite_database)
    both = [(VILLAGE, "committee"), (VILLAGE, "admin")]
    with sqlite_database.writing() as session:
        governing.set_roles(session, person=DEPUTY, roles=both, by=DEPUTY, at=AT)
    signed(sqlite_database, by=order[0])

    with pytest.raises(problems.SameRole):
        signed(sqlite_database, by=order[1])


def test_a_first_signature_that_counts_no_more_is_replaced(sqlite_database: Database):
    looked_at(sqlite_database)
    signed(sqlite_database, by=DEPUTY)
    with sqlite_database.writing() as session:
        governing.set_roles(session, person=DEPUTY, roles=[], by=COMMITTEE, at=AT)

    assert signed(sqlite_database).signed_by == SUPERVISOR
    assert signed(sqlite_database, by=COMMITTEE).status == "sealed"
    assert proof.verify(sqlite_database, village=VILLAGE).holds


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE spot_check SET size = 6",
        "UPDATE spot_check SET signed_by = 'x'",
        "DELETE FROM spot_check_answer",
        "UPDATE spot_check_throw SET dice = '1111111111'",
        "UPDATE spot_check_answer SET answer = 'not_true'",
    ],
)
def test_no_sql_changes_what_was_sealed(sqlite_database: Database, order: str):
    closed(sqlite_database)
    planned(sqlite_database)
    answered(sqlite_database, all_true(thrown(sqlite_database)))
    signed(sqlite_database)
    signed(sqlite_database, by=COMMITTEE)

    with pytest.raises(DatabaseError), sqlite_database.writing() as session:
        session.connection().execute(text(order))


def test_a_month_that_is_open_or_without_scores_has_no_draw(sqlite_database: Database):
    closed(sqlite_database)

    with pytest.raises(proof.problems.AnchorUnknown):
        planned(sqlite_database, month="2026-10")
    with pytest.raises(problems.SizeInvalid), sqlite_database.writing() as session:
        spot_checks.plan(session, size=0, **BY_LI)
    with sqlite_database.reading() as session:
        assert spot_checks.months_to_draw(session, village=VILLAGE) == [MONTH]
        with pytest.raises(problems.SpotCheckUnknown):
            spot_checks.spot_check(session, **HERE)
    assert planned(sqlite_database, at=AT + timedelta(days=1), by=SUPERVISOR).status == "planned"
