"""Signing in: one sentence for every wrong guess, a rest after too many, sessions that end."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.staff import throttling
from tests.builders import NOW, VILLAGE
from tests.staff.people import HASHED, PASSWORD, hire

ADDRESS = "192.0.2.7"


def try_to_sign_in(database: Database, password: str, *, login: str = "li", minutes: int = 0) -> str:
    at = NOW + timedelta(minutes=minutes)
    return staff.sign_in(database, login=login, password=password, address=ADDRESS, at=at)


def present(database: Database, token: str, *, hours: int = 0) -> staff.SignedIn | None:
    with database.reading() as session:
        return staff.signed_in(session, token=token, at=NOW + timedelta(hours=hours))


def test_the_right_password_opens_a_session_with_the_roles_held(database: Database) -> None:
    li = hire(database, "li", "committee")

    found = present(database, try_to_sign_in(database, PASSWORD))

    assert found is not None
    assert found.staff.id == li.id
    assert found.roles == ((VILLAGE, staff.Role.COMMITTEE),)


def test_a_wrong_password_and_an_unknown_login_sound_alike(sqlite_database: Database) -> None:
    hire(sqlite_database, "li", "committee")

    with pytest.raises(staff.problems.SignInRefused) as wrong:
        try_to_sign_in(sqlite_database, "not the password")
    with pytest.raises(staff.problems.SignInRefused) as unknown:
        try_to_sign_in(sqlite_database, "not the password", login="nobody")

    assert wrong.value.detail == unknown.value.detail


def test_after_eight_failures_even_the_right_password_waits_a_quarter_of_an_hour(database: Database) -> None:
    hire(database, "li", "committee")
    for _ in range(8):
        with pytest.raises(staff.problems.SignInRefused):
            try_to_sign_in(database, "not the password")

    with pytest.raises(staff.problems.TooManyAttempts):
        try_to_sign_in(database, PASSWORD, minutes=14)
    assert try_to_sign_in(database, PASSWORD, minutes=16)


def guess(database: Database, times: int, **options: object) -> list[str]:
    """The codes with which wrong passwords are refused."""
    return [refused(database, **options) for _ in range(times)]


def refused(database: Database, **options: object) -> str:
    common = {"login": "li", "password": "not the password", "address": ADDRESS, "at": NOW}
    with pytest.raises(Problem) as problem:
        staff.sign_in(database, **{**common, **options})  # type: ignore[arg-type]
    return problem.value.code


def test_of_many_guesses_at_once_only_eight_are_judged(database: Database) -> None:
    hire(database, "li", "committee")

    with ThreadPoolExecutor(24) as threads:
        told = list(threads.map(lambda _: refused(database), range(24)))

    assert Counter(told) == {"sign_in_refused": 8, "too_many_attempts": 16}


def judged(database: Database, kind: str, times: int) -> int:
    """How many of so many wrong tries at once, all of one kind and key, are judged before the rest waits."""
    seen: list[int] = []

    def try_once(number: int) -> None:
        one = throttling.Try(kind, "somebody")
        with (
            contextlib.suppress(staff.problems.SignInRefused, staff.problems.TooManyAttempts),
            throttling.counted(database, one, wrong=staff.problems.SignInRefused, at=NOW),
        ):
            seen.append(number)
            raise staff.problems.SignInRefused()

    with ThreadPoolExecutor(24) as threads:
        list(threads.map(try_once, range(times)))
    return len(seen)


def test_of_any_limit_exactly_as_many_are_judged_as_it_says(database: Database) -> None:
    for kind, limit in throttling.LIMITS.items():
        assert (kind, judged(database, kind, limit.failures + 16)) == (kind, limit.failures)


def test_tries_counted_after_they_are_judged_would_be_seen(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    every_one_has_begun = Barrier(24)

    @contextlib.contextmanager
    def counted_late(database: Database, *tries: throttling.Try, at: datetime, **_: object) -> Iterator[None]:
        every_one_has_begun.wait()
        try:
            yield
        except staff.problems.SignInRefused:
            throttling.count_tries(database, *tries, at=at)
            raise

    monkeypatch.setattr(throttling, "counted", counted_late)

    assert judged(database, "sign_in", 24) > throttling.LIMITS["sign_in"].failures


def test_a_stranger_locks_nobody_out(database: Database) -> None:
    hire(database, "li", "committee")
    guess(database, 50, address="198.51.100.1")

    assert try_to_sign_in(database, PASSWORD)


def test_a_neighbour_s_mistakes_hold_up_nobody_at_the_same_address(sqlite_database: Database) -> None:
    hire(sqlite_database, "li", "committee")
    for number in range(60):
        refused(sqlite_database, login=f"guess{number}")

    assert try_to_sign_in(sqlite_database, PASSWORD)


def test_strangers_everywhere_make_new_browsers_wait_and_the_known_one_goes_on(database: Database) -> None:
    hire(database, "li", "committee")
    told = [code for number in range(8) for code in guess(database, 6, address=f"198.51.100.{number}")]

    assert Counter(told) == {"sign_in_refused": 40, "too_many_attempts": 8}
    assert refused(database, password=PASSWORD) == "too_many_attempts"
    right = {"login": "li", "password": PASSWORD, "address": ADDRESS, "at": NOW}
    assert staff.sign_in(database, device="the till", **right)  # type: ignore[arg-type]


def test_who_goes_on_guessing_waits_longer_and_longer(sqlite_database: Database) -> None:
    hire(sqlite_database, "li", "committee")
    guess(sqlite_database, 8)
    at, waits = NOW, []
    for _ in range(6):
        with pytest.raises(staff.problems.TooManyAttempts) as waiting:
            staff.sign_in(sqlite_database, login="li", password=PASSWORD, address=ADDRESS, at=at)
        waits.append(waiting.value.fields["minutes"])
        at += timedelta(minutes=waits[-1])
        refused(sqlite_database, at=at)

    assert waits == [15, 30, 60, 120, 240, 240]


def test_a_success_wipes_the_failures_before_it(sqlite_database: Database) -> None:
    hire(sqlite_database, "li", "committee")
    for _ in range(3):
        for _ in range(7):
            with pytest.raises(staff.problems.SignInRefused):
                try_to_sign_in(sqlite_database, "not the password")
        assert try_to_sign_in(sqlite_database, PASSWORD)


def test_a_session_ends_at_sign_out(sqlite_database: Database) -> None:
    hire(sqlite_database, "li", "committee")
    token = try_to_sign_in(sqlite_database, PASSWORD)

    with sqlite_database.writing() as session:
        staff.sign_out(session, token=token)

    assert present(sqlite_database, token) is None


@pytest.mark.parametrize("change", ["roles", "disabled", "password"])
def test_a_session_ends_when_the_account_changes(sqlite_database: Database, change: str) -> None:
    li = hire(sqlite_database, "li", "committee")
    token = try_to_sign_in(sqlite_database, PASSWORD)

    with sqlite_database.writing() as session:
        if change == "roles":
            staff.set_roles(session, staff=li.id, roles=[(VILLAGE, "clerk")], by="operator", at=NOW)
        elif change == "disabled":
            staff.disable(session, login="li", by="operator", at=NOW)
        else:
            staff.change_password(session, staff=li.id, password=HASHED, by="operator", at=NOW)

    assert present(sqlite_database, token) is None


def test_somebody_disabled_cannot_come_back(sqlite_database: Database) -> None:
    hire(sqlite_database, "li", "committee")
    with sqlite_database.writing() as session:
        staff.disable(session, login="li", by="operator", at=NOW)

    with pytest.raises(staff.problems.SignInRefused):
        try_to_sign_in(sqlite_database, PASSWORD)


def test_only_digests_of_passwords_and_tokens_are_stored(sqlite_database: Database) -> None:
    hire(sqlite_database, "li", "committee")
    token = try_to_sign_in(sqlite_database, PASSWORD)
    with sqlite_database.writing() as session:
        for_programs = staff.make_token(session, login="li", by="operator", at=NOW)

    with sqlite_database.reading() as session:
        stored = [
            str(row)
            for table in ("staff", "staff_session", "api_token", "throttle")
            for row in session.connection().execute(text(f"SELECT * FROM {table}"))
        ]

    assert not any(secret in row for row in stored for secret in (PASSWORD, token, for_programs))
