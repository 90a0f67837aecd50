"""A village whose scheme has items for the counter: recyclables by the kilo, and old clothes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from pointsbank import ledger, roster, scoring
from pointsbank.database import Database
from pointsbank.scoring import Meeting
from pointsbank.spreadsheets import Table
from tests.builders import CLERK, NOW, Chayuan, chayuan

HEADERS = ["编号", "条目", "方向", "分值", "单位", "周期", "上限", "适用", "柜台登记", "每日上限"]
ROWS = [
    ["回收", "可回收物交到柜台", "加分", "0.5", "公斤", "", "", "", "是", "10"],
    ["旧衣", "旧衣服交到柜台", "加分", "2", "", "月", "3", "户", "是", "2"],
    ["清扫", "参加清扫", "加分", "5", "", "", "", "", "", ""],
]
FIRST = date(2026, 9, 1)
_numbers = count(1)


def later(days: int) -> datetime:
    """The same hour, so many days after the first of September, a Tuesday."""
    return NOW + timedelta(days=days)


@dataclass
class Counter:
    """The counter of the shop in 茶源村, where 陈 enters what people bring."""

    village: Chayuan

    def enter(self, who: str = "0101", item: str = "回收", quantity: Any = Decimal(4), **given: Any) -> Any:
        """Enter what a household brings: four kilos, two points."""
        asked = {"request_id": f"counter-{next(_numbers):06}", "by": CLERK} | given
        return self.village.write(
            scoring.enter_at_counter, participant=who, item=item, quantity=quantity, **asked
        )

    def points(self, who: roster.Participant | None = None) -> int:
        """What a household can spend, in hundredths; 王建国 where none is named."""
        return int(self.village.read(ledger.balance, participant=(who or self.village.wang).id).points)

    def book(self, days: int = 0) -> Meeting:
        """The day book of a day."""
        found = self.village.read(scoring.day_book_on, day=FIRST + timedelta(days=days))
        assert found is not None
        return found

    def close(self, days: int = 0, at: datetime | None = None) -> Meeting:
        """Close a day's book on the next day."""
        at = at or later(days + 1)
        closing = {"day_book": self.book(days).id, "today": at.date(), "at": at}
        return self.village.write(scoring.close_day_book, **closing)


def open_counter(database: Database) -> Counter:
    """A counter in a village that has adopted its rules."""
    village = chayuan(database)
    return adopt(village)


def adopt(village: Chayuan, from_date: date = date(2026, 1, 1)) -> Counter:
    """Let a village adopt rules with items for the counter."""
    adopted = {"resolution": "第1号决议", "from_date": from_date, "confirmed": True}
    village.write(scoring.import_scheme, table=Table.of(HEADERS, ROWS), **adopted)
    return Counter(village)


def with_rows(desk: Counter, *rows: dict[str, str]) -> None:
    """Adopt the rules of the counter anew, all of one category, with these rows besides."""
    headers = [*HEADERS, "类别", "形状", "评分期"]
    cells = [[*row, "环境卫生", "", ""] for row in ROWS]
    cells += [[row.get(header, "") for header in headers] for row in rows]
    adopted = {"resolution": "第2号决议", "from_date": FIRST, "confirmed": True}
    desk.village.write(scoring.import_scheme, table=Table.of(headers, cells), **adopted)


def limited(desk: Counter, *, period: str = "月", most: str = "3") -> None:
    """Adopt the rules anew, with a limit over all items of the counter."""
    limit = {"编号": "封顶", "类别": "环境卫生", "条目": "环境卫生类封顶", "方向": "加分", "形状": "合计上限"}
    with_rows(desk, {**limit, "周期": period, "上限": most})
