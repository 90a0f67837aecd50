"""The cast: one small village that every test knows. Use it; do not invent a ninth household.

王建国 and his namesake live in one group; 买买提·艾力 has an interpunct; 曾䶮 has a surname read otherwise
and a rare character; 单雪梅 a surname read otherwise; the household of the tag has a name that looks like
markup; 欧阳犇 a double surname; 李秀英 is everybody's neighbour. 李 sits on the committee, 陈 keeps the shop,
赵 supervises.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, publicity, roster, villages
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.staff.models import AccountActRow, StaffRow
from tests.founding import founded_once

NOW = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
VILLAGE, NEIGHBOUR = "chayuan", "zhuyuan"
COMMITTEE, CLERK, SUPERVISOR = "li", "chen", "zhao"

HOUSEHOLDS = {
    "wang": ("0101", "王建国", "一组", 4),
    "namesake": ("0102", "王建国", "一组", 3),
    "maimaiti": ("0201", "买买提·艾力", "二组", 5),
    "zeng": ("0202", "曾䶮", "二组", 1),
    "shan": ("0203", "单雪梅", "二组", 2),
    "tag": ("0301", '<img src="/etc/hostname"/>', "三组", 1),
    "ouyang": ("0302", "欧阳犇", "三组", 6),
    "li": ("0303", "李秀英", "三组", 3),
}
OTHERS = {
    "member": ("D01", "王建国", "party_member"),
    "branch": ("Z01", "茶源村党支部", "party_branch"),
    "team": ("Y01", "茶源村志愿服务队", "volunteer_team"),
    "cooperative": ("Q01", "茶源茶叶合作社", "organisation"),
}


@dataclass(frozen=True)
class Chayuan:
    """茶源村 in one database, and its people by the names of the cast."""

    database: Database
    wang: roster.Participant
    namesake: roster.Participant
    maimaiti: roster.Participant
    zeng: roster.Participant
    shan: roster.Participant
    tag: roster.Participant
    ouyang: roster.Participant
    li: roster.Participant
    member: roster.Participant
    branch: roster.Participant
    team: roster.Participant
    cooperative: roster.Participant

    def write(self, verb: Callable[..., Any], **arguments: Any) -> Any:
        """Call a verb that changes something, in a transaction of its own."""
        with self.database.writing() as session:
            return verb(session, **({"village": VILLAGE, "by": COMMITTEE, "at": NOW} | arguments))

    def read(self, verb: Callable[..., Any], **arguments: Any) -> Any:
        """Call a verb that only looks."""
        with self.database.reading() as session:
            return verb(session, **({"village": VILLAGE} | arguments))

    def found_neighbour(self) -> None:
        """Found 竹源村, a second village without anybody."""
        with self.database.writing() as session:
            ledger.found_village(session, code=NEIGHBOUR, name="竹源村", by=COMMITTEE, at=NOW)

    def card(self, who: roster.Participant) -> roster.IssuedCard:
        """A new card, handed out to somebody of the cast."""
        [card] = self.write(roster.issue, participants=[who.id])
        self.write(roster.hand_out, cards=[card.id])
        return card

    def give(self, who: roster.Participant, points: int) -> None:
        """Give somebody so many points, and as much honour."""
        lines = tuple(
            ledger.Posting(
                ledger.village_account("issuance", unit), ledger.account_of(who.id, unit), unit, whole(points)
            )
            for unit in (ledger.POINTS, ledger.HONOUR)
        )
        entry = ledger.NewTransaction("award", NOW.date(), lines, {"participant": who.id, "item": "做好事"})
        self.write(ledger.post, entries=[entry])

    def balance(self, who: roster.Participant) -> ledger.Balance:
        """What somebody holds."""
        held = self.read(ledger.balance, participant=who.id)
        assert isinstance(held, ledger.Balance)
        return held


def seat(session: Session, *ids: str) -> None:
    """Accounts for those of the cast who act by their bare ids: their own makers, and nobody signs in."""
    for one in ids:
        if session.get(StaffRow, one) is not None:
            continue
        session.add(
            StaffRow(id=one, login=f"{one}.cast", name=one, password_hash="-", created_at=NOW, created_by=one)
        )
        session.flush()
        session.add(AccountActRow(staff_id=one, number=1, kind="made", done_by=one, done_at=NOW))
    session.flush()


HANDED = {"handed_to": "adult", "brought_by": "李", "receiver": "户主本人"}
"""Into whose hands a letter was given."""


def hang_out(session: Session, *, village: str, meeting: str, by: str, at: datetime) -> publicity.Notice:
    """Close a meeting, publish its result and hang it on the village's board, all at this moment."""
    common = {"village": village, "by": by, "at": at}
    notice = publicity.close_and_publish(session, meeting=meeting, **common).id
    publicity.hang(session, notice=notice, place="村务公开栏", **common)
    return publicity.notice(session, village=village, notice_id=notice).notice


@founded_once
def chayuan(database: Database) -> Chayuan:
    """Found the village and add its whole cast."""
    common: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}
    people = {}
    with database.writing() as session:
        seat(session, COMMITTEE, CLERK, SUPERVISOR)
        ledger.found_village(session, code=VILLAGE, name="茶源村", by=COMMITTEE, at=NOW)
        # As in a village from before groups were told: a test does the first thing that its log tells.
        groups = dict.fromkeys(group for _, _, group, _ in HOUSEHOLDS.values())
        villages.add_groups(session, village=VILLAGE, names=groups)
        for part, (code, name, group, size) in HOUSEHOLDS.items():
            people[part] = roster.add(session, code=code, name=name, group=group, people=size, **common)
        for part, (code, name, kind) in OTHERS.items():
            people[part] = roster.add(session, code=code, name=name, kind=kind, **common)
    return Chayuan(database, **people)
