"""A village whose scheme has an item for the counter: recyclables by the kilo, and a thing once a day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pointsbank import ledger, panels, scoring
from pointsbank.spreadsheets import Table
from tests.builders import CLERK, NOW, VILLAGE, Chayuan, chayuan

ROWS = [
    ["回收", "可回收物交到柜台", "加分", "0.5", "公斤", "", "", "是", "10"],
    ["旧衣", "旧衣服交到柜台", "加分", "2", "", "月", "3", "是", "2"],
    ["清扫", "参加清扫", "加分", "5", "", "", "", "", ""],
]
HEADERS = ["编号", "条目", "方向", "分值", "单位", "周期", "上限", "柜台登记", "每日上限"]


@dataclass
class Counter:
    """The shop's counter in 茶源村, where 陈 enters what people bring."""

    village: Chayuan
    numbers: list[int] = field(default_factory=list)

    def enter(self, who: str = "0101", item: str = "回收", quantity: Any = Decimal(4), **given: Any) -> Any:
        """Enter what a household brings, by default four kilos."""
        self.numbers.append(1)
        values = {"request_id": f"counter-{len(self.numbers):06}", "by": CLERK} | given
        return self.village.write(
            scoring.enter_at_counter, participant=who, item=item, quantity=quantity, **values
        )

    def balance(self, who: Any = None) -> Any:
        """What a household has."""
        return self.village.read(ledger.balance, participant=(who or self.village.wang).id)

    def book(self, days_later: int = 0) -> scoring.Meeting:
        """The day book of today or a later day."""
        day = date(2026, 9, 1) + timedelta(days=days_later)
        found = self.village.read(scoring.day_book_on, day=day)
        assert found is not None
        return found


def counter(database: Any) -> Counter:
    """A counter whose village has adopted its rules."""
    village = chayuan(database)
    table = Table.of(HEADERS, ROWS)
    village.write(
        scoring.import_scheme, table=table, resolution="第1号决议", from_date=date(2026, 1, 1), confirmed=True
    )
    return Counter(village)


__all__ = ["NOW", "VILLAGE", "Counter", "counter", "panels", "pytest"]
