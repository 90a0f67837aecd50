"""The panel at work: 茶源村 with an adopted scheme and a meeting in session."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pointsbank import ledger, publicity, roster, scoring
from pointsbank.database import Database
from pointsbank.points import Points
from pointsbank.scoring.values import Settlement
from pointsbank.spreadsheets import Table
from tests.builders import COMMITTEE, NOW, Chayuan, chayuan, hang_out
from tests.founding import founded_once

HEADERS = (
    *("编号", "类别", "条目", "方向", "分值", "最低", "最高", "单位", "周期", "上限", "次数上限"),
    *("形状", "档位", "每处扣", "评分期", "重复加倍", "后果", "后果期限", "适用", "可兑换", "期满"),
)
SCHEME = {
    "清扫": {
        "类别": "环境卫生",
        "条目": "参加环境清扫",
        "方向": "加分",
        "分值": "5",
        "周期": "月",
        "上限": "12",
    },
    "庭院": {"类别": "环境卫生", "条目": "庭院美化", "方向": "加分", "最低": "5", "最高": "10"},
    "志愿": {"条目": "志愿服务", "方向": "加分", "分值": "2", "单位": "小时", "周期": "年", "次数上限": "2"},
    "助邻": {"条目": "邻里帮扶", "方向": "加分", "分值": "10"},
    "乱堆": {"条目": "乱堆垃圾", "方向": "扣分", "分值": "-10", "重复加倍": "6"},
    "宅旁": {"条目": "宅前屋后", "方向": "加分", "分值": "25", "形状": "满分扣减", "每处扣": "5"},
    "时长": {"条目": "累计服务", "方向": "加分", "单位": "小时", "形状": "阶梯", "档位": "10=1;20=2;50=5"},
    "捐助": {"条目": "捐助公益", "方向": "加分", "分值": "1", "形状": "比例", "档位": "1000/100;5000/400"},
    "搬迁": {"条目": "按期搬迁", "方向": "加分", "分值": "20", "形状": "一次"},
    "孝老": {"条目": "孝老爱亲", "方向": "加分", "分值": "3", "评分期": "上半年|下半年"},
    "否决": {"条目": "拒不整改", "方向": "一票否决"},
    "拒清": {"条目": "拒不清运垃圾", "方向": "一票否决", "后果": "兑换、红榜", "后果期限": "年底"},
}
AUGUST = date(2026, 8, 20)


def scheme_table(scheme: dict[str, dict[str, str]] | None = None) -> Table:
    """The scheme as somebody would send it."""
    rows = SCHEME if scheme is None else scheme
    return Table.of(
        HEADERS, [[code, *(row.get(name, "") for name in HEADERS[1:])] for code, row in rows.items()]
    )


@dataclass(frozen=True)
class Panel:
    """A village, and the open meeting that scores are entered into."""

    village: Chayuan
    meeting: str

    @property
    def write(self) -> Callable[..., Any]:
        """Call a verb that changes something."""
        return self.village.write

    @property
    def read(self) -> Callable[..., Any]:
        """Call a verb that only looks."""
        return self.village.read

    def score(self, who: roster.Participant, item: str, day: date = AUGUST, **given: Any) -> scoring.Score:
        """Enter one score."""
        return self.enter(scoring.ScoreRow(who.code, item, day, **given))[0]

    def enter(self, *rows: scoring.ScoreRow, **given: Any) -> list[scoring.Score]:
        """Enter several at once."""
        found: list[scoring.Score] = self.write(
            scoring.enter_scores, meeting=self.meeting, rows=rows, **given
        )
        return found

    def publish(self) -> None:
        """Close the meeting and let its scores hang in public."""
        self.write(scoring.close_meeting, meeting=self.meeting)
        with self.village.database.writing() as session:
            scoring.publish(session, village="chayuan", meeting=self.meeting)

    def hang_out(self) -> publicity.Notice:
        """Close the meeting and hang its result."""
        with self.village.database.writing() as session:
            return hang_out(session, village="chayuan", meeting=self.meeting, by=COMMITTEE, at=NOW)

    def settle(self, *scores: scoring.Score) -> Settlement:
        """Post these scores."""
        settled: Settlement = self.write(scoring.settle_scores, scores=[score.id for score in scores])
        return settled

    def next_meeting(self, **given: Any) -> "Panel":
        """Another open meeting of the same village."""
        return replace(self, meeting=hold(self.village, **given).id)

    def now(self, score: scoring.Score) -> scoring.Score:
        """How a score stands now."""
        found: scoring.Score = self.read(scoring.score, score_id=score.id)
        return found

    def balance(self, who: roster.Participant) -> tuple[Points, Points]:
        """Somebody's points and honour."""
        held: ledger.Balance = self.village.balance(who)
        return held.points, held.honour


def hold(village: Chayuan, **given: Any) -> scoring.Meeting:
    """Open a meeting."""
    usual: dict[str, Any] = {
        "held_on": date(2026, 8, 25),
        "title": "八月评议会",
        "judges": ["李会计", "老支书"],
    }
    meeting: scoring.Meeting = village.write(scoring.open_meeting, **(usual | given))
    return meeting


@founded_once
def sit(database: Database) -> Panel:
    """The village, its scheme adopted from New Year on, and the meeting of August open."""
    village = chayuan(database)
    village.write(
        scoring.import_scheme,
        table=scheme_table(),
        resolution="村民会议第1号决议",
        from_date=date(2026, 1, 1),
    )
    return Panel(village, hold(village).id)
