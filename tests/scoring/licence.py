"""茶源村 with base points in its scheme: 驾照式 12 a year, 80 once, 100 a month for party members."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pointsbank import households, proof, publicity, scoring
from pointsbank.database import Database
from pointsbank.roster import Participant
from pointsbank.scoring import BaseGiven, BaseStanding, ScoreRow, base_granting
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.founding import founded_once
from tests.publicity.desk import LATER, Desk
from tests.scoring.panel import SCHEME, Panel, hold, scheme_table, sit

LICENCE = {
    "条目": "文明驾照分",
    "方向": "加分",
    "分值": "12",
    "形状": "基础分",
    "周期": "年",
    "期满": "清零",
    "后果": "红榜",
}
ONCE = {"条目": "每户基础分", "方向": "加分", "分值": "80", "形状": "基础分", "周期": "一次"}
MONTHLY = {
    "条目": "党员基础分",
    "方向": "加分",
    "分值": "100",
    "形状": "基础分",
    "周期": "月",
    "适用": "党员",
    "可兑换": "是",
}
SMALL = {"条目": "乱停车辆", "方向": "扣分", "分值": "-3"}
NEXT_YEAR = datetime(2027, 1, 1, 1, 0, tzinfo=UTC)
RULES = SCHEME | {"驾照": LICENCE, "乱停": SMALL}


@dataclass(frozen=True)
class Licences:
    """The village, and its program that gives."""

    panel: Panel

    def give(self, at: datetime = NOW, **given: Any) -> BaseGiven:
        """Let the program do what is due."""
        done: BaseGiven = self.panel.write(base_granting.give_base, at=at, **given)
        return done

    def honour(self, who: Participant) -> float:
        """Somebody's honour, in points."""
        return self.panel.village.balance(who).honour / 100

    def points(self, who: Participant) -> float:
        """What somebody can spend, in points."""
        return self.panel.village.balance(who).points / 100

    def standing(self, who: Participant, day: date | None = None) -> list[BaseStanding]:
        """The base points that somebody has."""
        found: list[BaseStanding] = self.panel.read(
            scoring.base_of, participant=who.id, day=day or NOW.date()
        )
        return found

    def left(self, who: Participant, day: date | None = None) -> float:
        """What is left of somebody's 驾照分, in points."""
        [one] = [one for one in self.standing(who, day) if one.left is not None]
        return (one.left or 0) / 100

    def post(self, *rows: ScoreRow, at: datetime = LATER) -> Desk:
        """Scores of a meeting of their own, posted."""
        meeting = hold(self.panel.village, title=f"评议会{len(self.panel.read(scoring.meetings))}")
        panel = Panel(self.panel.village, meeting.id)
        scores = panel.enter(*rows)
        notice = panel.hang_out()
        panel.write(publicity.settle, notice=notice.id, at=at)
        return Desk(panel, [panel.now(one) for one in scores])

    def adopt(self, scheme: dict[str, dict[str, str]], since: date) -> None:
        """Another version of the scheme."""
        self.panel.write(
            scoring.import_scheme,
            table=scheme_table(scheme),
            resolution="村民会议第2号决议",
            from_date=since,
        )

    def close_household(self, who: Participant, heir: Participant | None = None) -> Any:
        """A household ends."""
        return self.panel.write(
            households.close,
            participant=who.code,
            heir=heir.code if heir else None,
            decision="九月村委会决定",
            request_id=f"close-{who.code}",
            by=COMMITTEE,
        )

    def findings(self) -> list[str]:
        """What verifying says."""
        return [str(one) for one in proof.verify(self.panel.village.database, village=VILLAGE).findings]


@founded_once
def _licensed(database: Database) -> Panel:
    """The scheme of the panel with a 驾照式 account of 12 a year."""
    panel = sit(database)
    panel.write(
        scoring.import_scheme,
        table=scheme_table(RULES),
        resolution="村民会议第2号决议",
        from_date=date(2026, 1, 1),
    )
    return panel


def licences(database: Database) -> Licences:
    """The village with 驾照式 accounts; nothing is given yet."""
    return Licences(_licensed(database))
