"""Codes of a telephone: good for their half minute, once; guesses are counted before they are judged."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import text

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.staff import second_factor
from pointsbank.staff.permissions import Staff
from tests.builders import NOW
from tests.staff.people import PASSWORD, hire

HALF_MINUTE = timedelta(seconds=30)
LATER = NOW + 4 * HALF_MINUTE


def enrol(database: Database, person: Staff, *, at: datetime = NOW) -> pyotp.TOTP:
    """The telephone of somebody who has just set it up."""
    with database.writing() as session:
        second_factor.begin_enrolment(session, by=person.id, at=at)
        begun = second_factor.enrolment(session, by=person.id, at=at)
    assert begun is not None
    telephone = pyotp.TOTP(begun.secret)
    counting = second_factor.counting_codes(database, person=person.id, place=person.id, at=at)
    with counting, database.writing() as session:
        second_factor.confirm_enrolment(session, code=telephone.at(at), by=person.id, at=at)
    return telephone


def check(database: Database, person: Staff, code: str, *, at: datetime = LATER, place: str = "chen") -> str:
    """What is said to a code typed at somebody's screen; empty if it is good."""
    try:
        with (
            second_factor.counting_codes(database, person=person.id, place=place, at=at),
            database.writing() as session,
        ):
            second_factor.check_code(session, person=person.id, code=code, at=at)
    except Problem as problem:
        return problem.code
    return ""


def wrong(telephone: pyotp.TOTP, *, at: datetime = LATER) -> str:
    """Six digits that are none of the telephone's now."""
    near = {telephone.at(at, counter_offset=drift) for drift in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444") if code not in near)


def test_a_code_is_good_in_its_half_minute_the_one_before_and_after(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    telephone = enrol(database, zhao)

    told = {
        drift: check(database, zhao, telephone.at(LATER, counter_offset=drift)) for drift in (-2, -1, 0, 1, 2)
    }

    assert told == {-2: "code_wrong", -1: "", 0: "", 1: "", 2: "code_wrong"}


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: f" {code[:3]} {code[3:]} ",
        lambda code: code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
    ],
)
def test_a_code_may_be_typed_with_spaces_and_in_full_width(
    sqlite_database: Database, typed: Callable[[str], str]
) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    telephone = enrol(sqlite_database, zhao)

    assert check(sqlite_database, zhao, typed(telephone.at(LATER))) == ""


@pytest.mark.parametrize("code", ["", "0", "abcdef", "\ud800", "1" * 5000])
def test_nonsense_is_nobody_s_code(sqlite_database: Database, code: str) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    enrol(sqlite_database, zhao)

    assert check(sqlite_database, zhao, code) == "code_wrong"


def test_a_code_is_good_once(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    telephone = enrol(database, zhao)

    told = [
        check(database, zhao, telephone.at(LATER), at=LATER + wait) for wait in (0 * HALF_MINUTE, HALF_MINUTE)
    ]

    assert told == ["", "code_used"]


def test_without_the_key_of_its_table_a_code_would_be_good_twice(sqlite_database: Database) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    telephone = enrol(sqlite_database, zhao)
    with sqlite_database.writing() as session:
        session.connection().execute(text("DROP TABLE code_use"))
        session.connection().execute(text("CREATE TABLE code_use (staff_id, step, used_at)"))

    assert [check(sqlite_database, zhao, telephone.at(LATER)) for _ in range(2)] == ["", ""]


def test_the_same_code_at_many_screens_at_once_is_good_at_one(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    telephone = enrol(database, zhao)

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda n: check(database, zhao, telephone.at(LATER), place=f"{n}"), range(8)))

    assert Counter(told) == {"": 1, "code_used": 7}


def test_a_code_of_an_act_that_was_refused_is_unused(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    telephone = enrol(database, zhao)
    counting = second_factor.counting_codes(database, person=zhao.id, place="chen", at=LATER)
    with pytest.raises(staff.problems.LoginTaken), counting, database.writing() as session:
        second_factor.check_code(session, person=zhao.id, code=telephone.at(LATER), at=LATER)
        raise staff.problems.LoginTaken(login="zhao")

    assert check(database, zhao, telephone.at(LATER)) == ""


def test_of_many_guesses_at_once_only_five_are_judged(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    guess = wrong(enrol(database, zhao))

    with ThreadPoolExecutor(24) as threads:
        told = list(threads.map(lambda _: check(database, zhao, guess), range(24)))

    assert Counter(told) == {"code_wrong": 5, "too_many_attempts": 19}


def test_if_failures_were_forgotten_every_guess_would_be_judged(sqlite_database: Database) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    guess = wrong(enrol(sqlite_database, zhao))
    with sqlite_database.writing() as session:
        forget = "CREATE TRIGGER forgetful AFTER UPDATE ON throttle BEGIN DELETE FROM throttle; END"
        session.connection().execute(text(forget))

    assert Counter(check(sqlite_database, zhao, guess) for _ in range(24)) == {"code_wrong": 24}


def test_a_guess_that_was_not_counted_is_not_judged(sqlite_database: Database) -> None:
    zhao, sun = hire(sqlite_database, "zhao", "supervisor"), hire(sqlite_database, "sun", "admin")
    telephone = enrol(sqlite_database, zhao)

    with pytest.raises(AssertionError, match="count the guess"), sqlite_database.writing() as session:
        second_factor.check_code(session, person=zhao.id, code=telephone.at(LATER), at=LATER)
    counting = second_factor.counting_codes(sqlite_database, person=sun.id, place="chen", at=LATER)
    with pytest.raises(AssertionError), counting, sqlite_database.writing() as session:
        second_factor.check_code(session, person=zhao.id, code=telephone.at(LATER), at=LATER)


def test_who_guesses_at_other_screens_does_not_lock_the_owner_out(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    telephone = enrol(database, zhao)
    guess = wrong(telephone)
    told = [check(database, zhao, guess, place=f"{number // 5}") for number in range(25)]

    assert Counter(told) == {"code_wrong": 20, "too_many_attempts": 5}
    assert check(database, zhao, telephone.at(LATER)) == "too_many_attempts"
    token = staff.sign_in(database, login="zhao", password=PASSWORD, address="10.0.0.7", at=LATER)
    entered = {"token": token, "code": telephone.at(LATER), "address": "10.0.0.7", "at": LATER}
    assert staff.confirm_sign_in(database, device="the one at home", **entered)


def test_a_secret_is_sealed_for_its_owner_and_its_installation(sqlite_database: Database) -> None:
    zhao, sun = hire(sqlite_database, "zhao", "supervisor"), hire(sqlite_database, "sun", "admin")
    telephone, _ = enrol(sqlite_database, zhao), enrol(sqlite_database, sun)
    with sqlite_database.reading() as session:
        rows = session.connection().execute(text("SELECT staff_id, sealed FROM second_factor")).all()
    assert not any(telephone.secret.encode() in sealed for _, sealed in rows)

    with sqlite_database.writing() as session:
        copied = "UPDATE second_factor SET sealed = (SELECT sealed FROM second_factor WHERE staff_id = :a)"
        session.connection().execute(text(f"{copied} WHERE staff_id = :b"), {"a": zhao.id, "b": sun.id})
    assert check(sqlite_database, sun, telephone.at(LATER)) == "seal_broken"
    elsewhere = Database(sqlite_database.url, secret="another installation's")
    assert check(elsewhere, zhao, telephone.at(LATER)) == "seal_broken"
    elsewhere.dispose()


def test_a_secret_counts_once_a_code_has_confirmed_it(sqlite_database: Database) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    with sqlite_database.writing() as session:
        second_factor.begin_enrolment(session, by=zhao.id, at=NOW)

    assert check(sqlite_database, zhao, "123456") == "second_factor_missing"
    with sqlite_database.reading() as session:
        assert second_factor.enrolment(session, by=zhao.id, at=NOW + timedelta(minutes=61)) is None
        assert not second_factor.has_second_factor(session, person=zhao.id)


def test_a_second_factor_is_not_exchanged_without_being_taken_off(sqlite_database: Database) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    enrol(sqlite_database, zhao)

    with pytest.raises(staff.problems.SecondFactorThere), sqlite_database.writing() as session:
        second_factor.begin_enrolment(session, by=zhao.id, at=LATER)


def test_signing_in_takes_password_and_code(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    telephone = enrol(database, zhao)
    where = {"address": "10.0.0.7", "at": LATER}
    token = staff.sign_in(database, login="zhao", password=PASSWORD, **where)

    with database.reading() as session:
        assert staff.signed_in(session, token=token, at=LATER) is None
        assert staff.awaited_code(session, token=token, at=LATER) == zhao
    entered = staff.confirm_sign_in(database, token=token, code=telephone.at(LATER), **where)
    with database.reading() as session:
        found = staff.signed_in(session, token=entered, at=LATER)
        assert found is not None and found.has_factor
        assert staff.awaited_code(session, token=token, at=LATER) is None


@pytest.mark.parametrize("change", ["ten minutes", "reset", "signed out", "no password"])
def test_a_code_alone_opens_nothing(sqlite_database: Database, change: str) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    telephone = enrol(sqlite_database, zhao)
    at = LATER + timedelta(minutes=10) if change == "ten minutes" else LATER
    token = staff.sign_in(sqlite_database, login="zhao", password=PASSWORD, address="10.0.0.7", at=LATER)
    with sqlite_database.writing() as session:
        if change == "reset":
            staff.sign_out_everywhere(session, staff=zhao.id)
        elif change == "signed out":
            staff.sign_out(session, token=token)

    with pytest.raises(staff.problems.SignInExpired):
        staff.confirm_sign_in(
            sqlite_database,
            token="x" if change == "no password" else token,
            code=telephone.at(at),
            address="10.0.0.7",
            at=at,
        )


def recovery_codes(database: Database, person: Staff) -> list[str]:
    with database.writing() as session:
        return staff.make_recovery_codes(session, by=person.id, at=NOW)


def enter(database: Database, code: str) -> str:
    """Sign in as 赵 with a code or a recovery code; what is said if it is refused."""
    token = staff.sign_in(database, login="zhao", password=PASSWORD, address="10.0.0.7", at=LATER)
    try:
        staff.confirm_sign_in(database, token=token, code=code, address="10.0.0.7", at=LATER)
    except Problem as problem:
        return problem.code
    return ""


def test_ten_recovery_codes_are_good_once_each(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    enrol(database, zhao)
    codes = recovery_codes(database, zhao)

    assert len(set(codes)) == 10
    assert [enter(database, code) for code in (codes[0], codes[0], codes[1].lower().replace("-", " "))] == [
        "",
        "code_wrong",
        "",
    ]
    with database.reading() as session:
        assert staff.recovery_codes_left(session, person=zhao.id) == 8
        stored = str(session.connection().execute(text("SELECT * FROM recovery_code")).all())
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_new_recovery_codes_replace_the_old_ones_and_somebody_else_s_are_wrong(
    sqlite_database: Database,
) -> None:
    zhao, sun = hire(sqlite_database, "zhao", "supervisor"), hire(sqlite_database, "sun", "admin")
    enrol(sqlite_database, zhao)
    old, suns = recovery_codes(sqlite_database, zhao), recovery_codes(sqlite_database, sun)
    new = recovery_codes(sqlite_database, zhao)

    assert [enter(sqlite_database, code) for code in (old[0], suns[0], new[0])] == ["code_wrong"] * 2 + [""]


def take_off(database: Database, *, login: str = "zhao", by: str = "sun", at: datetime = LATER) -> None:
    with database.writing() as session:
        admin = next(one for one in staff.everyone(session) if one.staff.login == by)
        staff.take_off_lost(session, village="chayuan", login=login, by=admin, at=at)


def test_a_lost_telephone_is_taken_off_by_two(database: Database) -> None:
    zhao = hire(database, "zhao", "supervisor")
    hire(database, "sun", "admin")
    enrol(database, zhao)
    recovery_codes(database, zhao)
    with pytest.raises(staff.problems.LossNotReported):
        take_off(database)
    token = staff.sign_in(database, login="zhao", password=PASSWORD, address="10.0.0.7", at=LATER)
    with database.writing() as session:
        staff.report_lost(session, token=token, at=LATER)

    take_off(database)

    with database.reading() as session:
        assert not second_factor.has_second_factor(session, person=zhao.id)
        assert staff.recovery_codes_left(session, person=zhao.id) == 0
    assert staff.sign_in(database, login="zhao", password=PASSWORD, address="10.0.0.7", at=LATER)


def test_a_loss_reported_while_the_admin_had_the_login_in_hand_is_the_admin_s(
    sqlite_database: Database,
) -> None:
    zhao = hire(sqlite_database, "zhao", "supervisor")
    sun = hire(sqlite_database, "sun", "admin")
    enrol(sqlite_database, zhao)
    with sqlite_database.writing() as session:
        staff.make_token(session, login="zhao", by=sun.id, at=LATER)
    token = staff.sign_in(sqlite_database, login="zhao", password=PASSWORD, address="10.0.0.7", at=LATER)
    with sqlite_database.writing() as session:
        staff.report_lost(session, token=token, at=LATER)
        staff.revoke_tokens(session, login="zhao", by=sun.id, at=LATER + timedelta(minutes=1))

    with pytest.raises(staff.problems.LoginNotIndependent, match="令牌作废以前开始的"):
        take_off(sqlite_database, at=LATER + timedelta(hours=30))


@pytest.mark.parametrize(
    ("problem", "changed"),
    [
        (staff.problems.LossNotReported, {"at": LATER + timedelta(days=7)}),
        (staff.problems.StaffUnknown, {"by": "zhao"}),
        (staff.problems.StaffUnknown, {"login": "nobody"}),
        (staff.problems.FactorOfAnotherPlace, {"login": "county"}),
    ],
)
def test_only_an_admin_of_the_place_takes_off_what_was_reported_lately(
    sqlite_database: Database, problem: type[Problem], changed: dict[str, object]
) -> None:
    people = [
        hire(sqlite_database, "zhao", "supervisor"),
        hire(sqlite_database, "county", "county", village=None),
    ]
    hire(sqlite_database, "sun", "admin")
    for one in people:
        enrol(sqlite_database, one)
        where = {"address": "10.0.0.7", "at": LATER}
        token = staff.sign_in(sqlite_database, login=one.login, password=PASSWORD, **where)
        with sqlite_database.writing() as session:
            staff.report_lost(session, token=token, at=LATER)

    with pytest.raises(problem):
        take_off(sqlite_database, **changed)  # type: ignore[arg-type]


def test_nobody_reports_a_loss_without_the_password(sqlite_database: Database) -> None:
    enrol(sqlite_database, hire(sqlite_database, "zhao", "supervisor"))

    with pytest.raises(staff.problems.SignInExpired), sqlite_database.writing() as session:
        staff.report_lost(session, token="x", at=LATER)
