"""Making and renaming townships, putting villages in and out, and who sees the totals of their villages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, staff, villages
from pointsbank.errors import Refused
from pointsbank.governing.people import set_roles
from pointsbank.governing.reaching import hold_reach
from pointsbank.governing.roles import Here, counting_in, roles_record, villages_here
from pointsbank.ledger import LogRecord
from pointsbank.text import clean_name
from pointsbank.villages import Township

MAXIMUM_NAME = 30


class TownshipExists(Refused):
    """Another township has this name."""

    code = "township_exists"
    sentence = "已有乡镇“{name}”，请换一个名称。"
    fixed_by = "管理员"


class NoRoleInTownship(Refused):
    """The person has no role whose place is this township."""

    code = "no_role_in_township"
    sentence = "{name}没有这个乡镇给的角色，请刷新页面核对。"
    fixed_by = "管理员"


def make_township(session: Session, *, name: str) -> Township:
    """Make a township, as yet without villages: no log hears of it before a village is put into it.

    Raises:
        TownshipExists: there is one of this name.
        TextInvalid: the name is empty, longer than 30 characters, or has hidden ones.

    Example:
        governing.make_township(session, name="河口镇").name == "河口镇"
    """
    hold_reach(session)
    return villages.add_township(session, name=_free(session, name))


def rename_township(session: Session, *, township: str, name: str, by: str, at: datetime) -> Township:
    """Give a township (id) another name, told in the logs of its villages; they and its people stay.

    Raises:
        TownshipUnknown: there is no such township.
        TownshipExists: there is one of this name.
        TextInvalid: the name is empty, longer than 30 characters, or has hidden ones.

    And those of `record_in_villages`.

    Example:
        governing.rename_township(session, township=hekou.id, name="河口街道", by=sun.id, at=now)
    """
    hold_reach(session)
    old = villages.township(session, township_id=township).name
    renamed = villages.rename_township(session, township_id=township, name=_free(session, name))
    words = {"township": township, "name": renamed.name, "old": old}
    within = villages.villages_by_township(session).get(township, [])
    records = {village: [LogRecord("township_renamed", words)] for village in within}
    ledger.record_in_villages(session, records, by=by, at=at)
    return renamed


def place_village(
    session: Session, *, village: str, township: str | None, by: str, at: datetime
) -> Township | None:
    """Put a village into a township (id), or into none; return it. From now on its people see the totals.

    Who had a role in the township before sees nothing of the village any more; the village's log tells both.
    Where it lies already, nothing is written.

    Raises:
        VillageUnknown: there is no such village.
        TownshipUnknown: there is no such township.

    And those of `record_many`.

    Example:
        governing.place_village(session, village="cy", township=hekou.id, by=sun.id, at=now).name == "河口镇"
    """
    hold_reach(session)
    villages.get(session, village)
    # Two who move the village at once: one waits for the other, on PostgreSQL and on SQLite.
    old = villages.township_of(session, village=village)
    new = villages.township(session, township_id=township) if township is not None else None
    if old == new:
        return new
    [before] = villages_here(session, [village])
    villages.place_village(session, village=village, township_id=township)
    placed = LogRecord("village_placed", {"old": _id_and_name(old), "new": _id_and_name(new)})
    records = [placed, *_reach_records(session, before, replace(before, township=new))]
    ledger.record_many(session, records, village=village, by=by, at=at)
    return new


def end_township_role(session: Session, *, township: str, login: str, by: str, at: datetime) -> None:
    """Take from a person the role whose place is this township (id); end their sessions. Others stay.

    Raises:
        StaffUnknown: nobody has this login.
        NoRoleInTownship: the person's roles are of other places.

    And those of `set_roles`, which cannot be so of roles that are held.

    Example:
        governing.end_township_role(session, township=hekou.id, login="he", by=sun.id, at=now)
    """
    hold_reach(session)
    place = staff.township_place(township)
    person = staff.lock_person(session, person=staff.by_login(session, login=login).id)
    others = [(where, role.value) for where, role in person.roles if where != place]
    if len(others) == len(person.roles):
        raise NoRoleInTownship(name=person.staff.name)
    set_roles(session, person=person.staff.id, roles=others, by=by, at=at)


def _free(session: Session, name: str) -> str:
    """Return a name that no township has; raises TownshipExists and what `clean_name` raises."""
    tidy = clean_name(name, maximum=MAXIMUM_NAME)
    if tidy in {one.name for one in villages.townships(session)}:
        raise TownshipExists(name=tidy)
    return tidy


def _id_and_name(township: Township | None) -> list[str] | None:
    """Return a township as the log names it: its id and its name."""
    return None if township is None else [township.id, township.name]


def _reach_records(session: Session, before: Here, now: Here) -> list[LogRecord]:
    """Return what a village's log tells of people whose roles count there no longer, or from now on."""
    return [
        roles_record(one.staff, one.roles, one.roles, now, before)
        for one in staff.everyone(session)
        if counting_in(before, one.roles) != counting_in(now, one.roles)
    ]


@ledger.describes("village_placed")
def _placed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 河口镇 → 山前乡."""
    old, new = (words[when][1] if words[when] else "不属于乡镇" for when in ("old", "new"))
    return f"{old} → {new}"


@ledger.describes("township_renamed")
def _renamed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 河口镇改名为河口街道."""
    return f"{words['old']}改名为{words['name']}"
