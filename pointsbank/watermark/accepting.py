"""Two people say that the books go on although a stub saw more; that they said so is an entry of the log."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, staff
from pointsbank.errors import NotAllowed
from pointsbank.staff import SignedIn
from pointsbank.watermark.beginning import troubled
from pointsbank.watermark.comparing import ACCEPTED, Comparison, named
from pointsbank.watermark.standing import lost_entries

CONTROL = staff.declare(
    staff.Control(
        act="账本比存根旧仍然继续、用较旧的备份恢复",
        controlled="who runs the machine and could put back what was",
        controls="two people of two roles, who sign in where they work today, not by the backup's passwords",
        where=__name__,
        people=(staff.VOUCHING, staff.VOUCHING),
    )
)


class TwoRolesNeeded(NotAllowed):
    """Those who said so are one person, have one role between them, or none in this village."""

    code = "two_roles_needed"
    sentence = (
        "要由两位角色不同的工作人员一起承认（例如评议小组和村务监督），"
        "{people} 在 {village} 不够。请换人再试。"
    )
    fixed_by = "管理员"


def accept(
    session: Session, *, stood: Sequence[Comparison], people: tuple[SignedIn, SignedIn], at: datetime
) -> dict[str, int]:
    """Write down that two people go on with these logs as they are; return the villages' new entries.

    What the log of a village lacks that is no longer there is written into the log of every other one.

    Args:
        stood: how the stubs stand, from `examine` over this very database.
        people: both signed in just now; their roles in a village must differ.

    Raises:
        TwoRolesNeeded: they may not say so in one of the villages.

    Example:
        accept(session, stood=examine(database, places), people=(li, zhao), at=now)  # {"chayuan": 18}
    """
    sizes = {village: tree.size for village, tree in ledger.tree_heads(session).items()}
    groups: dict[str, list[Comparison]] = defaultdict(list)
    for one in troubled(stood):
        for village in [one.village] if one.village in sizes else sizes:
            groups[village].append(one)
    for village in groups:
        if not staff.have_two_roles(people, village):
            raise TwoRolesNeeded(people="、".join(one.staff.login for one in people), village=village)
    first, second = people
    records = {}
    for village, found in groups.items():
        words = {
            "log": sizes[village],
            "missing": named([mark for _, mark in lost_entries(found)]),
            "second": second.staff.id,
            "standing": sorted({one.standing.value for one in found}),
        }
        records[village] = [ledger.LogRecord(ACCEPTED, words)]
    entries = ledger.record_in_villages(session, records, by=first.staff.id, at=at)
    return {village: places[0].index for village, places in entries.items()}


@ledger.describes("watermark_accepted")
def _accepted(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 缺3条，第二人赵."""
    return f"缺{len(words['missing'])}条，第二人{names(words['second'])}"
