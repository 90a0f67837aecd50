"""Roles given and taken, people disabled: told in every village where it counts, and in no other."""

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session

from pointsbank import governing, ledger, staff, villages
from pointsbank.database import Database
from pointsbank.ledger import LogEntry
from pointsbank.staff import Staff
from pointsbank.villages.problems import GroupUnknown
from tests.builders import NOW
from tests.staff.people import HASHED

CODES = ("chayuan", "liulin", "zhuyuan")
BY = {"by": "sun", "at": NOW}


def three_villages(database: Database) -> None:
    """Three villages with nobody."""
    with database.writing() as session:
        for code in CODES:
            governing.found_village(session, code=code, name=f"{code}村", **BY)


def added(database: Database, login: str, *roles: tuple[str | None, str]) -> Staff:
    """Somebody with these roles."""
    with database.writing() as session:
        return governing.add_staff(session, login=login, password=HASHED, name=login, roles=roles, **BY)


def told(database: Database, *kinds: str) -> dict[str, list[LogEntry]]:
    """The entries of these kinds in each village, oldest first."""
    with database.reading() as session:
        return {code: ledger.log_entries(session, village=code, kinds=kinds)[::-1] for code in CODES}


def sentences(database: Database, kind: str) -> dict[str, list[str]]:
    """What they say."""
    entries = told(database, kind)
    return {code: [ledger.describe(kind, one.words, str) for one in found] for code, found in entries.items()}


def test_a_role_of_a_village_is_told_there_alone(database: Database):
    three_villages(database)

    added(database, "chen", ("chayuan", "clerk"))

    assert sentences(database, "roles_changed") == {
        "chayuan": ["chen：没有角色 → 超市店员"],
        "liulin": [],
        "zhuyuan": [],
    }


def test_a_role_of_the_installation_is_told_in_every_village_also_in_later_ones(database: Database):
    three_villages(database)

    added(database, "county", (None, "county"), ("liulin", "clerk"))
    with database.writing() as session:
        governing.found_village(session, code="shanxia", name="山下村", **BY)

    said = sentences(database, "roles_changed")
    assert said["chayuan"] == said["zhuyuan"] == ["county：没有角色 → 县镇（全部）"]
    assert said["liulin"] == ["county：没有角色 → 县镇（全部）、超市店员"]
    with database.reading() as session:
        [later] = ledger.log_entries(session, village="shanxia", kinds=["roles_changed"])
    assert later.words is not None
    assert later.words["new"] == [[None, "county"]]


def test_who_leads_a_group_is_told_and_leads_it_until_it_closes(database: Database):
    three_villages(database)
    with database.writing() as session:
        first, second = (
            governing.make_group(session, village="chayuan", name=name, **BY) for name in ("一组", "二组")
        )
    places = [staff.group_place("chayuan", group.id) for group in (first, second)]
    qian = added(database, "qian", (places[0], "leader"), ("liulin", "clerk"))
    zhou = added(database, "zhou", (places[1], "leader"))

    with database.writing() as session:
        governing.close_group(session, village="chayuan", group=first.id, **BY)

    assert sentences(database, "roles_changed") == {
        "chayuan": [
            "qian：没有角色 → 小组长（一组）",
            "zhou：没有角色 → 小组长（二组）",
            "qian：小组长（一组） → 没有角色",
        ],
        "liulin": ["qian：没有角色 → 超市店员"],
        "zhuyuan": [],
    }
    with database.reading() as session:
        roles = {one.staff.id: one for one in staff.everyone(session)}
    assert roles[qian.id].roles == (("liulin", staff.Role.CLERK),)
    assert roles[zhou.id].groups_in("chayuan") == {second.id}
    assert roles[zhou.id].roles_in("chayuan") == frozenset()


def test_a_group_that_closes_and_a_leader_who_is_made_wait_for_each_other(database: Database):
    """Whoever comes first: no closed group has a leader."""
    three_villages(database)
    people = [added(database, f"qian{number}", ("liulin", "clerk")) for number in range(4)]
    for person in people:
        with database.writing() as session:
            group = governing.make_group(session, village="chayuan", name="一组", **BY).id
        acts = [
            lambda session, person=person, group=group: governing.set_roles(
                session, person=person.id, roles=[(staff.group_place("chayuan", group), "leader")], **BY
            ),
            lambda session, group=group: governing.close_group(session, village="chayuan", group=group, **BY),
        ]
        both = Barrier(2)

        def act(one: Callable[[Session], object], both: Barrier = both) -> None:
            both.wait()
            with contextlib.suppress(GroupUnknown), database.writing() as session:
                one(session)

        threads = [threading.Thread(target=act, args=(one,)) for one in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        with database.reading() as session:
            closed = group not in [one.id for one in villages.groups(session, village="chayuan")]
            leaders = [one for one in staff.everyone(session) if one.groups_in("chayuan")]
        assert closed
        assert leaders == []


def test_only_villages_where_the_roles_differ_hear_of_a_change(sqlite_database: Database):
    three_villages(sqlite_database)
    chen = added(sqlite_database, "chen", ("chayuan", "clerk"), ("liulin", "clerk"))

    with sqlite_database.writing() as session:
        roles = [("liulin", "clerk"), ("zhuyuan", "committee")]
        governing.set_roles(session, person=chen.id, roles=roles, **BY)
    with sqlite_database.writing() as session:
        governing.remove_roles(session, village="liulin", login="chen", **BY)

    assert sentences(sqlite_database, "roles_changed") == {
        "chayuan": ["chen：没有角色 → 超市店员", "chen：超市店员 → 没有角色"],
        "liulin": ["chen：没有角色 → 超市店员", "chen：超市店员 → 没有角色"],
        "zhuyuan": ["chen：没有角色 → 评议小组"],
    }


@pytest.mark.parametrize("place", ["chayuan", None])
def test_disabling_and_enabling_are_told_where_the_role_counts(database: Database, place: str | None):
    three_villages(database)
    added(database, "sun", (place, "admin"))

    with database.writing() as session:
        governing.disable(session, login="sun", **BY)
    with database.writing() as session:
        governing.enable(session, login="sun", **BY)

    heard = {code: [one.kind for one in found] for code, found in _states(database).items()}
    both = ["staff_disabled", "staff_enabled"]
    assert heard == {code: both if place in (None, code) else [] for code in CODES}


def _states(database: Database) -> dict[str, list[LogEntry]]:
    return told(database, "staff_disabled", "staff_enabled")


def test_the_first_administrator_is_told_in_the_villages_that_there_are(sqlite_database: Database):
    three_villages(sqlite_database)
    with sqlite_database.writing() as session:
        code = staff.make_setup_code(session, at=NOW)

    account = {"login": "sun", "password": HASHED, "name": "孙主任"}
    with sqlite_database.writing() as session:
        governing.use_setup_code(session, code=code, **account, at=NOW)

    assert sentences(sqlite_database, "roles_changed")["zhuyuan"] == ["孙主任：没有角色 → 管理员（全部）"]


def test_a_refused_change_is_told_nowhere(sqlite_database: Database):
    three_villages(sqlite_database)
    zhao = added(sqlite_database, "zhao", ("chayuan", "supervisor"))

    with pytest.raises(staff.problems.RolesConflict), sqlite_database.writing() as session:
        roles = [("chayuan", "supervisor"), ("chayuan", "committee")]
        governing.set_roles(session, person=zhao.id, roles=roles, **BY)

    assert len(told(sqlite_database, "roles_changed")["chayuan"]) == 1


def test_many_who_change_roles_everywhere_at_once_wait_and_never_in_a_circle(database: Database):
    """Two people's roles everywhere, and a founding between them: nobody is refused, no log misses one."""
    three_villages(database)
    people = [added(database, login, ("chayuan", "clerk")) for login in ("chen", "zhou")]
    refused: list[BaseException] = []

    def change(person: Staff, number: int) -> None:
        roles = [(None, "county")] if number % 2 else [("liulin", "clerk"), ("chayuan", "clerk")]
        try:
            with database.writing() as session:
                governing.set_roles(session, person=person.id, roles=roles, **BY)
        except BaseException as error:
            refused.append(error)

    def found() -> None:
        with database.writing() as session:
            at = NOW + timedelta(hours=1)
            governing.found_village(session, code="shanxia", name="山下村", by="sun", at=at)

    threads = [threading.Thread(target=change, args=(one, n)) for n in range(5) for one in people]
    threads.append(threading.Thread(target=found))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    with database.reading() as session:
        roles = {one.staff.id: one.roles for one in staff.everyone(session)}
        for code in (*CODES, "shanxia"):
            latest = {
                entry.words["staff"]: entry.words["new"]
                for entry in ledger.log_entries(session, village=code, kinds=["roles_changed"])[::-1]
                if entry.words
            }
            for person in people:
                counting = [[place, role] for place, role in roles[person.id] if place in (None, code)]
                assert latest.get(person.id, []) == counting


@pytest.mark.parametrize("first", ["founding", "role"])
def test_founding_and_a_role_everywhere_at_the_same_moment_miss_nothing(
    postgresql_database: Database, first: str
):
    """Whichever begins first, the other waits for it: the new village's log begins with the role."""
    three_villages(postgresql_database)
    chen = added(postgresql_database, "chen", ("chayuan", "clerk"))

    def found(session: Session) -> None:
        governing.found_village(session, code="shanxia", name="山下村", **BY)

    def give(session: Session) -> None:
        governing.set_roles(session, person=chen.id, roles=[(None, "county")], **BY)

    def late() -> None:
        with postgresql_database.writing() as session:
            (give if first == "founding" else found)(session)

    with ThreadPoolExecutor(1) as other:
        with postgresql_database.writing() as session:
            (found if first == "founding" else give)(session)
            waiting = other.submit(late)
            # Long enough to have read what was there before; whoever waits for the lock still waits.
            time.sleep(0.3)
        waiting.result()

    with postgresql_database.reading() as session:
        heard = ledger.log_entries(session, village="shanxia", kinds=["roles_changed"])
    assert [one.words["new"] for one in heard if one.words] == [[[None, "county"]]]
