"""Making, renaming and closing the groups of a village."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster, villages
from pointsbank.errors import Refused
from pointsbank.governing.naming import named_people
from pointsbank.governing.people import end_leadership
from pointsbank.governing.reaching import hold_reach
from pointsbank.text import clean_name
from pointsbank.villages import Group

MAXIMUM_NAME = 60


class GroupExists(Refused):
    """Another group of the village, open or closed, has this name."""

    code = "group_exists"
    sentence = "本村已有小组“{name}”，请换一个名称。"
    fixed_by = "村委"


class GroupNotEmpty(Refused):
    """Somebody is still in the group."""

    code = "group_not_empty"
    sentence = "{name}还有{count}户，请先把他们移到别的小组，再撤销；户数多的，在花名册的文件中改好再导入。"
    fixed_by = "村委"


def make_group(session: Session, *, village: str, name: str, by: str, at: datetime) -> Group:
    """Make a group at the end of the list, or open a closed one of this name again; locks the village.

    Raises:
        VillageUnknown: there is no such village.
        GroupExists: the village has this group.
        TextInvalid: the name is empty, longer than 60 characters, or has hidden ones.
        Wording: the name tells of the people in it what the law keeps private.
        NamesSomebody: it names somebody of the village.

    Example:
        governing.make_group(session, village="cy", name="四组", by=li.id, at=now).position == 4
    """
    tidy = clean_name(name, maximum=MAXIMUM_NAME)
    roster.check_group_name(tidy, named_people(session, village=village))
    villages.lock(session, village=village)
    made = villages.add_groups(session, village=village, names=[tidy])
    if not made:
        raise GroupExists(name=tidy)
    roster.record_groups(session, made, village=village, by=by, at=at)
    return made[0]


def rename_group(session: Session, *, village: str, group: str, name: str, by: str, at: datetime) -> Group:
    """Give a group (id) another name; whoever is in it stays in it. Locks the village.

    Raises:
        VillageUnknown: there is no such village.
        GroupUnknown: there is no such group, or it is closed.
        GroupExists: a group, open or closed, has this name.
        TextInvalid: the name is empty, longer than 60 characters, or has hidden ones.
        Wording: the name tells of the people in it what the law keeps private.
        NamesSomebody: it names somebody of the village.

    Example:
        governing.rename_group(session, village="cy", group=first.id, name="河东组", by=li.id, at=now)
    """
    tidy = clean_name(name, maximum=MAXIMUM_NAME)
    roster.check_group_name(tidy, named_people(session, village=village))
    villages.lock(session, village=village)
    old = villages.group(session, village=village, group_id=group).name
    if tidy in (one.name for one in villages.groups(session, village=village, also_closed=True)):
        raise GroupExists(name=tidy)
    renamed = villages.rename_group(session, village=village, group_id=group, name=tidy)
    words = {"group": group, "name": tidy, "old": old}
    ledger.record(session, village=village, kind="group_renamed", by=by, at=at, words=words)
    return renamed


def close_group(session: Session, *, village: str, group: str, by: str, at: datetime) -> Group:
    """Close a group (id) that nobody is in any more; past boards keep it. Who leads it leads it no longer.

    Locks the village, then those leaders.

    Raises:
        VillageUnknown: there is no such village.
        GroupUnknown: there is no such group, or it is closed.
        GroupNotEmpty: somebody who is not closed is in it.

    And those of `end_leadership`.

    Example:
        governing.close_group(session, village="cy", group=third.id, by=li.id, at=now).closed_at == now
    """
    hold_reach(session)
    villages.lock(session, village=village)
    found = villages.group(session, village=village, group_id=group)
    if count := roster.group_sizes(session, village=village).get(group):
        raise GroupNotEmpty(name=found.name, count=count)
    end_leadership(session, village=village, group=group, by=by, at=at)
    closed = villages.close_group(session, village=village, group_id=group, at=at)
    words = {"group": group, "name": found.name, "closed_at": at.astimezone(UTC).isoformat()}
    ledger.record(session, village=village, kind="group_closed", by=by, at=at, words=words)
    return closed


@ledger.describes("group_renamed")
def _renamed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 一组改名为河东组."""
    return f"{words['old']}改名为{words['name']}"


@ledger.describes("group_closed")
def _closed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 撤销三组."""
    return f"撤销{words['name']}"
