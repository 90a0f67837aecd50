"""Two logins are two people only when nobody else has either of them in hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from pointsbank import ledger, migrating, staff
from pointsbank.database import Database
from pointsbank.staff.account_acts import AccountAct, acts_upon
from pointsbank.staff.independence import hands, joining
from tests.builders import NOW, VILLAGE
from tests.ledger.tampering import tamper
from tests.staff.people import HASHED, hire

ANYBODY = "*"
PEOPLE = (("sun", "admin"), ("li", "committee"), ("chen", "clerk"))


def history(*acts: tuple[str, str, str, float]) -> dict[str, list[AccountAct]]:
    """What was done: to whom, what, by whom, after how many hours."""
    found: dict[str, list[AccountAct]] = {}
    for login, kind, by, hours in acts:
        found.setdefault(login, []).append(AccountAct(kind, by, NOW + timedelta(hours=hours)))
    return found


def own(login: str, hours: float) -> tuple[str, str, str, float]:
    """The owner's own change of password."""
    return (login, "own_password", login, hours)


MADE = ("b", "made", "a", 0)
EXAMPLES = [
    # acts, first, second, hours since the beginning, and whether they are two people
    ("nobody touched either", [], "a", "b", 0, True),
    ("A made B", [MADE], "a", "b", 24 * 365, False),
    ("A made B, the owner changed the password just now", [MADE, own("b", 1)], "a", "b", 1, False),
    ("… almost a day ago", [MADE, own("b", 1)], "a", "b", 24.99, False),
    ("… a day ago", [MADE, own("b", 1)], "a", "b", 25, True),
    (
        "a year later the owner's own change begins the day anew",
        [MADE, own("b", 8760)],
        "a",
        "b",
        8761,
        False,
    ),
    ("and B is no first for A either", [MADE], "b", "a", 48, False),
    ("for somebody else B is a second", [MADE], "c", "b", 0, True),
    (
        "reset after the owner's change",
        [MADE, own("b", 1), ("b", "password_reset", "a", 90)],
        "a",
        "b",
        200,
        False,
    ),
    ("enabled again", [("b", "enabled", "a", 0)], "a", "b", 48, False),
    ("the second factor taken off", [("b", "second_factor_removed", "a", 0)], "a", "b", 48, False),
    ("a role given", [("b", "role_given", "a", 0)], "a", "b", 48, False),
    ("recovered at the machine", [("b", "recovered", ANYBODY, 0)], "a", "b", 48, False),
    ("a role given to oneself", [("a", "role_given", "a", 0)], "a", "b", 0, True),
    ("A changed his own password", [own("a", 0)], "a", "b", 0, True),
    ("A's token for B outlives B's change", [("b", "token_made", "a", 0), own("b", 1)], "a", "b", 99, False),
    ("A made B and C: one uses the other", [MADE, ("c", "made", "a", 0)], "b", "c", 48, False),
    (
        "… both are long their owners'",
        [MADE, ("c", "made", "a", 0), own("b", 0), own("c", 0)],
        "b",
        "c",
        24,
        True,
    ),
    ("… one of them is", [MADE, ("c", "made", "a", 0), own("c", 0)], "b", "c", 24, True),
    ("A made B, as B he made C", [MADE, ("c", "made", "b", 1)], "a", "c", 48, False),
    ("… and then let B be", [MADE, ("c", "made", "b", 1), own("b", 2)], "a", "c", 48, False),
    ("B was its owner's when it made C", [MADE, own("b", 1), ("c", "made", "b", 30)], "a", "c", 48, True),
    ("… for B it is no second", [MADE, own("b", 1), ("c", "made", "b", 30)], "b", "c", 48, False),
    ("A let B make C, D made B", [("b", "made", "d", 0), ("c", "made", "b", 1)], "d", "c", 99, False),
    (
        "each reset the other",
        [("a", "password_reset", "b", 0), ("b", "password_reset", "a", 1)],
        "a",
        "b",
        99,
        False,
    ),
    ("made at the machine: by whom, nobody knows", [("b", "made", ANYBODY, 0)], "a", "b", 48, False),
    ("… then no first either", [("a", "made", ANYBODY, 0)], "a", "b", 48, False),
    ("… until a day after the owner's change", [("b", "made", ANYBODY, 0), own("b", 1)], "a", "b", 25, True),
    ("another's reset gives nothing back", [MADE, ("b", "password_reset", "d", 1)], "a", "b", 48, False),
    ("a clock put back ends nothing", [MADE, own("b", -200)], "a", "b", 1, False),
]


@pytest.mark.parametrize(
    ("acts", "first", "second", "hours", "two"),
    [one[1:] for one in EXAMPLES],
    ids=[one[0] for one in EXAMPLES],
)
def test_two_logins_are_two_people_or_not(
    acts: list[tuple[str, str, str, float]], first: str, second: str, hours: float, two: bool
) -> None:
    assert (joining(history(*acts), first, second, NOW + timedelta(hours=hours)) is None) is two


def test_hands_reach_through_hands() -> None:
    acts = history(MADE, ("c", "made", "b", 1), ("d", "made", "c", 2), own("d", 3))

    assert hands(acts, "d", NOW + timedelta(hours=4)) == {"a", "b", "c", "d"}
    assert hands(acts, "d", NOW + timedelta(hours=27)) == {"d"}


def fresh(session: Session, by: str) -> str:
    """Somebody new, whose password `by` chose."""
    return staff.add(session, login="fresh", password=HASHED, name="新人", roles=[], by=by, at=NOW).id


def reset(session: Session, chen: str, by: str) -> None:
    """Another password."""
    staff.change_password(session, staff=chen, password=HASHED, by=by, at=NOW)


def more_roles(session: Session, chen: str, by: str) -> None:
    """One role more than there was."""
    roles = [(VILLAGE, "clerk"), (VILLAGE, "committee")]
    staff.set_roles(session, staff=chen, roles=roles, by=by, at=NOW)


HANDLED: dict[str, Callable[[Session, str, str], str | None]] = {
    "made": lambda session, chen, by: fresh(session, by),
    "password_reset": reset,
    "enabled": lambda session, chen, by: staff.enable(session, login="chen", by=by, at=NOW),
    "role_given": more_roles,
    "token_made": lambda session, chen, by: staff.make_token(session, login="chen", by=by, at=NOW) and None,
}


def check(database: Database, first: str, second: str, *, hours: float, begun: float | None = None) -> None:
    """Ask whether they are two, so many hours later; the first one began its part so many hours in."""
    begun_at = None if begun is None else NOW + timedelta(hours=begun)
    two = {"first": first, "second": second}
    with database.reading() as session:
        staff.independence.check(session, **two, at=NOW + timedelta(hours=hours), begun_at=begun_at)


@pytest.mark.parametrize("kind", HANDLED)
def test_what_is_done_to_an_account_is_kept_and_counts(database: Database, kind: str) -> None:
    sun, li, chen = (hire(database, login, role).id for login, role in PEOPLE)
    check(database, sun, chen, hours=0)
    with database.writing() as session:
        chen = HANDLED[kind](session, chen, sun) or chen

    with pytest.raises(staff.problems.LoginNotIndependent, match=r"由孙管理员.+也可以请另一位工作人员来。"):
        check(database, sun, chen, hours=48)
    check(database, li, chen, hours=0)


def test_a_token_of_another_counts_as_long_as_it_is_there(database: Database) -> None:
    sun, _, chen = (hire(database, login, role).id for login, role in PEOPLE)
    with database.writing() as session:
        staff.make_token(session, login="chen", by=sun, at=NOW)
        staff.change_password(session, staff=chen, password=HASHED, by=chen, at=NOW)
    with pytest.raises(staff.problems.LoginNotIndependent, match="作废这个令牌"):
        check(database, sun, chen, hours=48)
    with database.writing() as session:
        staff.revoke_tokens(session, login="chen", by=sun, at=NOW)

    check(database, sun, chen, hours=48)


def begun_in_hand(session: Session, chen: str, sun: str) -> None:
    """At NOW the admin resets a login and, signed in with it, changes the password."""
    reset(session, chen, sun)
    reset(session, chen, chen)


def token_gone_after_an_hour(session: Session, chen: str, sun: str) -> None:
    """An admin lets a program act as somebody for an hour."""
    staff.make_token(session, login="chen", by=sun, at=NOW)
    staff.revoke_tokens(session, login="chen", by=sun, at=NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("done", "given_back", "why"),
    [(begun_in_hand, 24, "满24小时以后重新办"), (token_gone_after_an_hour, 2, "令牌作废以前开始的")],
)
def test_what_was_begun_while_another_had_the_login_in_hand_stays_that_one_s(
    database: Database, done: Callable[[Session, str, str], None], given_back: float, why: str
) -> None:
    sun, li, chen = (hire(database, login, role).id for login, role in PEOPLE)
    with database.writing() as session:
        done(session, chen, sun)
    check(database, chen, sun, hours=48)

    with pytest.raises(staff.problems.LoginNotIndependent, match=why):
        check(database, chen, sun, hours=48, begun=0)
    check(database, chen, li, hours=48, begun=0)
    check(database, chen, sun, hours=48, begun=given_back)


def test_it_stays_that_one_s_through_a_third_login_too(sqlite_database: Database) -> None:
    sun, li, chen = (hire(sqlite_database, login, role).id for login, role in PEOPLE)
    with sqlite_database.writing() as session:
        begun_in_hand(session, chen, sun)
        staff.change_password(session, staff=li, password=HASHED, by=sun, at=NOW + timedelta(hours=30))

    check(sqlite_database, chen, li, hours=48)
    with pytest.raises(staff.problems.LoginNotIndependent, match="重新办"):
        check(sqlite_database, chen, li, hours=48, begun=0)


def test_what_is_done_at_the_machine_counts_against_everybody(sqlite_database: Database) -> None:
    li = hire(sqlite_database, "li", "committee").id
    with sqlite_database.writing() as session:
        made = fresh(session, "operator")

    with pytest.raises(staff.problems.LoginNotIndependent, match="由服务器上的操作员"):
        check(sqlite_database, li, made, hours=48)


def test_what_takes_away_puts_nobody_into_other_hands(sqlite_database: Database) -> None:
    sun, _, chen = (hire(sqlite_database, login, role).id for login, role in PEOPLE)
    with sqlite_database.writing() as session:
        staff.disable(session, login="chen", by=sun, at=NOW)
        staff.set_roles(session, staff=chen, roles=[(VILLAGE, "clerk")], by=sun, at=NOW)
        staff.remove_roles(session, village=VILLAGE, login="chen", by=sun, at=NOW)

    check(sqlite_database, sun, chen, hours=0)


@pytest.mark.parametrize("second", ["chen", "operator", "nobody"])
def test_oneself_and_nobody_are_no_second(sqlite_database: Database, second: str) -> None:
    chen = hire(sqlite_database, "chen", "clerk").id

    with pytest.raises(staff.problems.LoginNotIndependent):
        check(sqlite_database, chen, chen if second == "chen" else second, hours=0)


def test_the_sentence_says_what_the_owner_does_next(sqlite_database: Database) -> None:
    sun, _, chen = (hire(sqlite_database, login, role).id for login, role in PEOPLE)
    with sqlite_database.writing() as session:
        reset(session, chen, sun)
    with pytest.raises(staff.problems.LoginNotIndependent, match="请陈店员自己登录改一次密码，满24小时再来"):
        check(sqlite_database, sun, chen, hours=1)
    with sqlite_database.writing() as session:
        reset(session, chen, chen)

    with pytest.raises(staff.problems.LoginNotIndependent, match="请在2026年9月2日10:00之后再来"):
        check(sqlite_database, sun, chen, hours=1)


def test_the_first_administrator_is_in_nobody_s_hands(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        code = staff.make_setup_code(session, at=NOW)
        sun = staff.use_setup_code(session, code=code, login="sun", password=HASHED, name="孙", at=NOW)
        staff.independence.check_own(session, who=sun.id, at=NOW)


def test_who_decides_by_a_role_alone_is_in_nobody_s_hands(database: Database) -> None:
    sun, zhao = hire(database, "sun", "admin").id, hire(database, "zhao", "supervisor").id
    with database.writing() as session:
        staff.independence.check_own(session, who=zhao, at=NOW)
        reset(session, zhao, sun)
        with pytest.raises(staff.problems.LoginNotIndependent):
            staff.independence.check_own(session, who=zhao, at=NOW)
        with pytest.raises(staff.problems.LoginNotIndependent):
            staff.independence.check_own(session, who="operator", at=NOW)


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE account_act SET done_by = staff_id",
        "DELETE FROM account_act",
        "INSERT INTO account_act SELECT staff_id, 9, 'own_password', 'sun', done_at FROM account_act",
    ],
)
def test_the_database_keeps_the_record_as_it_was(database: Database, order: str) -> None:
    with database.writing() as session:
        ledger.found_village(session, code=VILLAGE, name="茶源村", by="operator", at=NOW)
        fresh(session, "operator")

    with pytest.raises(DBAPIError), database.writing() as session:
        session.connection().execute(text(order))


def test_a_login_of_which_nothing_says_who_made_it_is_in_anybody_s_hands(sqlite_database: Database) -> None:
    sun, _, chen = (hire(sqlite_database, login, role).id for login, role in PEOPLE)
    check(sqlite_database, sun, chen, hours=0)

    tamper(sqlite_database, "DELETE FROM account_act")
    for first, second in ((sun, chen), (chen, sun)):
        with pytest.raises(staff.problems.LoginNotIndependent, match="由谁新建，数据库里查不到了"):
            check(sqlite_database, first, second, hours=0, begun=-1)
    with sqlite_database.writing() as session:
        for own in (sun, chen):
            reset(session, own, own)

    with pytest.raises(staff.problems.LoginNotIndependent, match="满24小时"):
        check(sqlite_database, sun, chen, hours=23)
    check(sqlite_database, sun, chen, hours=24)


def test_logins_older_than_the_record_are_told_of_by_the_upgrade(sqlite_database: Database) -> None:
    for login, role in PEOPLE:
        hire(sqlite_database, login, role)

    migrating.downgrade(sqlite_database, "0013")
    migrating.upgrade(sqlite_database)

    with sqlite_database.reading() as session:
        people = [one.staff.id for one in staff.everyone(session)]
        assert all(acts[0].kind == "made" for acts in acts_upon(session, people).values())
