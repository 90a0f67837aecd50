"""API tokens, the one-time set-up code, and the trace that looking leaves."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff import Permission, SignedIn
from pointsbank.staff.digests import digest
from pointsbank.staff.models import ApiTokenRow
from pointsbank.staff.permissions import Staff
from tests.builders import NOW, VILLAGE, chayuan
from tests.staff.people import HASHED, PASSWORD, hire


def token_of(database: Database, login: str) -> str:
    with database.writing() as session:
        return staff.make_token(session, login=login, by="operator", at=NOW)


def whose(database: Database, token: str) -> SignedIn | None:
    with database.reading() as session:
        return staff.by_token(session, token=token, at=NOW)


def use(database: Database, code: str) -> Staff:
    with database.writing() as session:
        return staff.use_setup_code(session, code=code, login="sun", password=HASHED, name="孙", at=NOW)


def setup_code(database: Database) -> str:
    with database.writing() as session:
        return staff.make_setup_code(session, at=NOW)


@pytest.mark.parametrize(("role", "goes_on"), [("committee", True), ("admin", False)])
def test_a_token_acts_with_the_roles_that_are_left_and_ends_when_one_is_given(
    database: Database, role: str, goes_on: bool
) -> None:
    chen = hire(database, "chen", "clerk", "committee")
    token = token_of(database, "chen")
    with database.writing() as session:
        staff.set_roles(session, staff=chen.id, roles=[(VILLAGE, role)], by="operator", at=NOW)

    found = whose(database, token)

    assert (found is not None) is goes_on
    assert found is None or not staff.may(found, VILLAGE, Permission.TILL)


def test_a_token_of_somebody_disabled_is_worth_nothing(sqlite_database: Database) -> None:
    hire(sqlite_database, "chen", "clerk")
    token = token_of(sqlite_database, "chen")
    with sqlite_database.writing() as session:
        staff.disable(session, login="chen", by="operator", at=NOW)

    assert whose(sqlite_database, token) is None


@pytest.mark.parametrize("token", ["", "pb_", "x" * 5000, "\0", "\ud800"])
def test_nonsense_is_nobodys_token(database: Database, token: str) -> None:
    assert whose(database, token) is None


def test_revoked_tokens_are_counted_and_gone(sqlite_database: Database) -> None:
    hire(sqlite_database, "chen", "clerk")
    tokens = [token_of(sqlite_database, "chen") for _ in range(2)]

    with sqlite_database.writing() as session:
        assert staff.revoke_tokens(session, login="chen", by="operator", at=NOW) == 2
    assert [whose(sqlite_database, token) for token in tokens] == [None, None]


def test_all_tokens_go_by_one_act(database: Database) -> None:
    for login in ("chen", "qian"):
        hire(database, login, "clerk")
    tokens = [token_of(database, login) for login in ("chen", "qian", "qian")]

    with database.writing() as session:
        assert staff.revoke_tokens(session, login=None, by="operator", at=NOW) == 3
    assert [whose(database, token) for token in tokens] == [None] * 3


@pytest.mark.parametrize(("by", "left"), [("operator", False), ("chen", True)])
def test_a_password_reset_ends_tokens_and_one_s_own_change_does_not(
    database: Database, by: str, left: bool
) -> None:
    chen = hire(database, "chen", "clerk")
    hire(database, "qian", "clerk")
    token, neighbours = token_of(database, "chen"), token_of(database, "qian")
    with database.writing() as session:
        who = chen.id if by == "chen" else by
        staff.change_password(session, staff=chen.id, password=HASHED, by=who, at=NOW)

    assert (whose(database, token) is not None) is left
    assert whose(database, neighbours) is not None


def test_who_is_enabled_again_signs_in_and_finds_no_old_token(database: Database) -> None:
    hire(database, "chen", "clerk")
    token = token_of(database, "chen")
    with database.writing() as session:
        staff.disable(session, login="chen", by="operator", at=NOW)
        staff.enable(session, login="chen", by="operator", at=NOW)

    entrance = {"login": "chen", "password": PASSWORD, "address": "192.0.2.7", "at": NOW}
    assert staff.sign_in(database, **entrance)  # type: ignore[arg-type]
    assert whose(database, token) is None


def test_nobody_gets_a_token_for_nobody(sqlite_database: Database) -> None:
    with pytest.raises(staff.problems.StaffUnknown):
        token_of(sqlite_database, "nobody")


def test_the_setup_code_makes_the_first_administrator(database: Database) -> None:
    code = setup_code(database)

    admin = use(database, code.lower().replace("-", " "))

    with database.reading() as session:
        assert not staff.setup_code_needed(session)
        assert staff.everyone(session)[0].roles == ((None, staff.Role.ADMIN),)
    assert admin.login == "sun"


def test_the_setup_code_works_once(sqlite_database: Database) -> None:
    code = setup_code(sqlite_database)
    use(sqlite_database, code)

    with pytest.raises(staff.problems.SetupCodeWrong):
        use(sqlite_database, code)


def test_a_new_setup_code_replaces_the_old_one(sqlite_database: Database) -> None:
    old = setup_code(sqlite_database)
    setup_code(sqlite_database)

    with pytest.raises(staff.problems.SetupCodeWrong):
        use(sqlite_database, old)


def test_a_setup_code_is_worthless_once_somebody_can_sign_in(sqlite_database: Database) -> None:
    code = setup_code(sqlite_database)
    hire(sqlite_database, "li", "committee")

    with pytest.raises(staff.problems.SetupCodeWrong):
        use(sqlite_database, code)


def test_a_refused_setup_leaves_the_code_usable(sqlite_database: Database) -> None:
    code = setup_code(sqlite_database)
    with pytest.raises(staff.problems.StaffNameInvalid), sqlite_database.writing() as session:
        staff.use_setup_code(session, code=code, login="sun", password=HASHED, name="", at=NOW)

    assert use(sqlite_database, code)


def test_looks_at_a_file_are_kept_newest_first(database: Database) -> None:
    village = chayuan(database)
    for who in ("li", "zhao"):
        village.write(staff.log_access, participant=village.wang.id, by=who)

    found = village.read(staff.access_records, participant=village.wang.id)

    assert {look.staff for look in found} == {"li", "zhao"}
    assert village.read(staff.access_records, participant=village.zeng.id) == []


def test_a_token_ends(database: Database) -> None:
    hire(database, "chen", "clerk")
    with database.writing() as session:
        week = staff.make_token(session, login="chen", name="收银", days=7, by="operator", at=NOW)
        usual = staff.make_token(session, login="chen", by="operator", at=NOW)

    with database.reading() as session:
        alive = {
            days: [
                staff.by_token(session, token=one, at=NOW + timedelta(days=days)) is not None
                for one in (week, usual)
            ]
            for days in (6, 7, 179, 180)
        }
    assert alive == {6: [True, True], 7: [False, True], 179: [False, True], 180: [False, False]}


@pytest.mark.parametrize(
    ("problem", "changed"),
    [
        ("TokenNameInvalid", {"name": " "}),
        ("TokenNameInvalid", {"name": "长" * 41}),
        ("TokenDaysInvalid", {"days": 0}),
        ("TokenDaysInvalid", {"days": 367}),
    ],
)
def test_a_token_has_a_name_and_an_end(
    sqlite_database: Database, problem: str, changed: dict[str, object]
) -> None:
    hire(sqlite_database, "chen", "clerk")

    with pytest.raises(getattr(staff.problems, problem)), sqlite_database.writing() as session:
        staff.make_token(session, login="chen", by="operator", at=NOW, **changed)  # type: ignore[arg-type]


def test_nobody_has_more_than_twenty_tokens_and_ended_ones_do_not_count(sqlite_database: Database) -> None:
    hire(sqlite_database, "chen", "clerk")
    for _ in range(20):
        token_of(sqlite_database, "chen")

    with pytest.raises(staff.problems.TooManyTokens):
        token_of(sqlite_database, "chen")
    with sqlite_database.writing() as session:
        later = NOW + timedelta(days=200)
        assert staff.make_token(session, login="chen", by="operator", at=later)
        assert len(staff.api_tokens(session, login="chen")) == 1


def test_tokens_are_listed_without_themselves_and_revoked_one_by_one(database: Database) -> None:
    for login in ("chen", "qian"):
        hire(database, login, "clerk")
    kept, gone, other = (token_of(database, login) for login in ("chen", "chen", "qian"))
    with database.writing() as session:
        listed = staff.api_tokens(session, login="chen")
        assert not any(secret in str(listed) for secret in (kept, gone, other))
        [theirs] = staff.api_tokens(session, login="qian")
        by_digest = next(one for one in listed if whose_id(session, gone) == one.id)
        staff.revoke_token(session, login="chen", token=by_digest.id, by="operator", at=NOW)
    with pytest.raises(staff.problems.TokenUnknown), database.writing() as session:
        staff.revoke_token(session, login="chen", token=theirs.id, by="operator", at=NOW)

    assert [whose(database, token) is not None for token in (kept, gone, other)] == [True, False, True]


def whose_id(session: Session, token: str) -> str:
    """The id of a token in lists."""
    return session.get_one(ApiTokenRow, digest(token)).id


def test_the_last_use_of_a_token_is_noted_once_an_hour(database: Database) -> None:
    hire(database, "chen", "clerk")
    token, noted = token_of(database, "chen"), []
    for minutes in (0, 59, 60, 61):
        at = NOW + timedelta(minutes=minutes)
        with database.reading() as session:
            found = staff.by_token(session, token=token, at=at)
        assert found is not None
        staff.note_use(database, token=token, program=True, seen_at=found.seen_at, at=at)
        with database.reading() as session:
            [listed] = staff.api_tokens(session, login="chen")
        assert listed.used_at is not None
        noted.append((listed.used_at - NOW) // timedelta(minutes=1))

    assert noted == [0, 0, 60, 60]


def test_noting_a_use_waits_for_nobody(sqlite_database: Database) -> None:
    hire(sqlite_database, "chen", "clerk")
    token, other = token_of(sqlite_database, "chen"), Database(sqlite_database.url)
    with other.writing():
        staff.note_use(sqlite_database, token=token, program=True, seen_at=None, at=NOW)
    other.dispose()

    with sqlite_database.reading() as session:
        assert staff.api_tokens(session, login="chen")[0].used_at is None
