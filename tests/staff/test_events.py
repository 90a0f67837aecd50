"""What happens to accounts is written down by place, shown to that place, and forgotten in time."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlmodel import Session, func, select

from pointsbank import ledger, staff
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.staff.events import KEPT_CHANGES, KEPT_SIGN_INS
from pointsbank.staff.models import StaffEventRow
from tests.builders import NEIGHBOUR, NOW, VILLAGE
from tests.staff.people import HASHED, PASSWORD, hire

Act = Callable[[Session], object]
WHO = {"by": "operator", "at": NOW}


def kinds(database: Database, *, village: str = VILLAGE, **chosen: str) -> list[str]:
    with database.reading() as session:
        return [one.kind for one in staff.account_events(session, village=village, **chosen)]  # type: ignore[arg-type]


def sign_in(database: Database, login: str, password: str = PASSWORD, *, days: float = 0) -> None:
    at = NOW + timedelta(days=days)
    with suppress(Problem):
        staff.sign_in(database, login=login, password=password, address="192.0.2.77", at=at)


ACTS: dict[str, Act] = {
    "roles": lambda session: staff.remove_roles(session, village=VILLAGE, login="chen", **WHO),
    "disabled": lambda session: staff.disable(session, login="chen", **WHO),
    "enabled": lambda session: staff.enable(session, login="chen", **WHO),
    "password_reset": lambda session: staff.change_password(
        session, staff=staff.by_login(session, login="chen").id, password=HASHED, **WHO
    ),
    "password_changed": lambda session: staff.change_password(
        session,
        staff=staff.by_login(session, login="chen").id,
        password=HASHED,
        by=staff.by_login(session, login="chen").id,
        at=NOW,
    ),
    "token_made": lambda session: staff.make_token(session, login="chen", **WHO),
    "token_revoked": lambda session: [
        staff.make_token(session, login="chen", **WHO),
        staff.revoke_tokens(session, login="chen", **WHO),
    ],
    "recovery_made": lambda session: staff.make_recovery_codes(
        session, by=staff.by_login(session, login="chen").id, at=NOW
    ),
    "factor_off": lambda session: staff.take_off_second_factor(
        session, person=staff.by_login(session, login="chen").id, **WHO
    ),
}


@pytest.mark.parametrize("kind", ACTS)
def test_every_change_of_an_account_is_written_down(sqlite_database: Database, kind: str) -> None:
    hire(sqlite_database, "chen", "clerk")
    before = kinds(sqlite_database)
    with sqlite_database.writing() as session:
        ACTS[kind](session)

    assert kinds(sqlite_database, login="chen").count(kind) == before.count(kind) + 1


def test_sign_ins_and_refused_ones_are_written_down_with_a_shortened_address(database: Database) -> None:
    hire(database, "chen", "clerk")
    sign_in(database, "chen")
    for _ in range(3):
        sign_in(database, "chen", "not the password")
        sign_in(database, "my password typed as login")

    with database.reading() as session:
        found = {(one.kind, one.login): one for one in staff.account_events(session, village=VILLAGE)}
    assert found["signed_in", "chen"].address == "192.0.2.*"
    assert found["refused", "chen"].times == found["refused", None].times == 3
    assert "typed" not in str(found)


def test_a_village_sees_its_own_people_and_who_may_act_everywhere(database: Database) -> None:
    hire(database, "chen", "clerk")
    hire(database, "wu", "clerk", village=NEIGHBOUR)
    hire(database, "county", "county", village=None)
    for login in ("chen", "wu", "county"):
        sign_in(database, login)

    with database.reading() as session:
        seen = {
            village: {one.login for one in staff.account_events(session, village=village, kind="signed_in")}
            for village in (VILLAGE, NEIGHBOUR)
        }
    assert seen == {VILLAGE: {"chen", "county"}, NEIGHBOUR: {"wu", "county"}}


def test_who_lost_the_last_role_does_not_vanish_from_the_village_that_took_it(
    sqlite_database: Database,
) -> None:
    hire(sqlite_database, "chen", "clerk")
    hire(sqlite_database, "wu", "clerk", village=NEIGHBOUR)
    sign_in(sqlite_database, "chen")
    with sqlite_database.writing() as session:
        staff.remove_roles(session, village=VILLAGE, login="chen", **WHO)
    sign_in(sqlite_database, "chen", "not the password", days=1)

    assert kinds(sqlite_database, login="chen")[:1] == ["refused"]
    assert "signed_in" in kinds(sqlite_database, login="chen")
    assert kinds(sqlite_database, village=NEIGHBOUR, login="chen") == []


def test_a_guesser_fills_no_disk(sqlite_database: Database) -> None:
    hire(sqlite_database, "chen", "clerk")
    for number in range(60):
        sign_in(sqlite_database, f"guess{number}")

    with sqlite_database.reading() as session:
        query = select(func.count()).select_from(StaffEventRow).where(StaffEventRow.kind == "refused")
        assert session.exec(query).one() == 1


def test_events_are_forgotten_when_their_time_is_over(database: Database) -> None:
    hire(database, "chen", "clerk")
    sign_in(database, "chen")
    sign_in(database, "chen", days=KEPT_SIGN_INS.days + 1)
    assert sorted(kinds(database)) == ["added", "password_changed", "signed_in"]

    sign_in(database, "chen", days=KEPT_CHANGES.days + 1)
    assert kinds(database) == ["signed_in"]


def test_pages_of_events_leave_none_out(sqlite_database: Database) -> None:
    hire(sqlite_database, "chen", "clerk")
    for _ in range(5):
        with sqlite_database.writing() as session:
            staff.disable(session, login="chen", **WHO)
    seen: list[str] = []
    with sqlite_database.reading() as session:
        while page := staff.account_events(session, village=VILLAGE, limit=2, before=_behind(seen, session)):
            seen += [one.id for one in page]

    assert len(seen) == len(set(seen)) == 7


def _behind(seen: list[str], session: Session) -> object:
    return (session.get_one(StaffEventRow, seen[-1]).happened_at, seen[-1]) if seen else None


def test_a_recovered_admin_is_in_every_village_s_log_for_thirty_days(database: Database) -> None:
    sun = hire(database, "sun", "admin", village=None)
    hire(database, "wu", "clerk", village=NEIGHBOUR)
    with database.writing() as session:
        token = staff.make_token(session, login="sun", **WHO)
        staff.disable(session, login="sun", **WHO)
        staff.recover(session, login="sun", password=HASHED, **WHO)

    with database.reading() as session:
        for village in (VILLAGE, NEIGHBOUR):
            told = ledger.words_of_kind(session, village=village, kind="staff_recovered")
            assert told == [{"staff": sun.id, "login": "sun"}]
            shown = [
                staff.recoveries(session, village=village, at=NOW + timedelta(days=d)) for d in (0, 29, 31)
            ]
            assert shown == [["sun"], ["sun"], []]
            assert not ledger.audit(database, village=village).findings
        assert staff.by_token(session, token=token, at=NOW) is None
    token = staff.sign_in(database, login="sun", password=PASSWORD, address="10.0.0.7", at=NOW)
    with database.reading() as session:
        found = staff.signed_in(session, token=token, at=NOW)
    assert found is not None and found.must_change


def test_only_an_admin_is_recovered(sqlite_database: Database) -> None:
    hire(sqlite_database, "chen", "clerk")

    with pytest.raises(staff.problems.NotAnAdmin), sqlite_database.writing() as session:
        staff.recover(session, login="chen", password=HASHED, **WHO)
