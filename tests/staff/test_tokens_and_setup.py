"""API tokens, the one-time set-up code, and the trace that looking leaves."""

import pytest

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff import Permission, SignedIn
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


def test_a_token_acts_with_the_present_roles(database: Database) -> None:
    chen = hire(database, "chen", "clerk")
    token = token_of(database, "chen")
    with database.writing() as session:
        staff.set_roles(session, staff=chen.id, roles=[(VILLAGE, "committee")], by="operator", at=NOW)

    found = whose(database, token)

    assert found is not None
    assert not staff.may(found, VILLAGE, Permission.TILL)


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
        assert staff.revoke_tokens(session, login="chen") == 2
    assert [whose(sqlite_database, token) for token in tokens] == [None, None]


def test_all_tokens_go_by_one_act(database: Database) -> None:
    for login in ("chen", "qian"):
        hire(database, login, "clerk")
    tokens = [token_of(database, login) for login in ("chen", "qian", "qian")]

    with database.writing() as session:
        assert staff.revoke_tokens(session, login=None) == 3
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
