"""What the pay sheet of keepers says."""

from dataclasses import dataclass, field
from enum import StrEnum

from pointsbank.scoring import period_in_words
from pointsbank.sheets.base import SheetValue
from pointsbank.text import Replaceable

NOTHING = "—"


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}管护员{period}评分签领表"
    HOW = "{table}：{resolution}。得分是这一期各次检查的平均分，发多少照决议，由村里核定、发放。"
    NUMBER = "序号"
    KEEPER = "管护员"
    MONTHS = "各月检查（次数，平均分）"
    CHECKS = "次数"
    SCORE = "得分"
    GRADE = "等级"
    STEP = "按决议"
    PAID_OUT = "实发（元）"
    SIGNED = "本人签字"
    MONTH = "{month}月{count}次{mean}"
    NONE = "没有检查"
    WARNED = "连续{count}次不合格，怎么办由会议定"
    ABSENT = "由村里议定"
    MANY = "{months}个月查了{count}次"
    OPEN = "这一期还没有月结，分数还会变，不能照此发放。"
    MADE = "制表"
    AGREED = "审核"
    PAID = "发放"
    SUM = "实发合计（大写）"


@dataclass(frozen=True, slots=True)
class Line:
    """One keeper's line; `later`: the months that stand under the first two."""

    number: str
    keeper: Replaceable
    code: str
    months: str
    later: str
    checks: str
    score: str
    grade: str
    step: str
    warned: str


@dataclass(frozen=True, slots=True)
class PaySheet(SheetValue):
    """What keepers sign; names in full, for the village's folder."""

    title: str
    how: str
    open: str
    lines: tuple[Line, ...]
    period: str = field(metadata={"printed": False})

    @property
    def description(self) -> str:
        """Which period's sheet it is."""
        return f"{period_in_words(self.period)}的管护员签领表"

    @property
    def file_label(self) -> str:
        """The period."""
        return self.period.lower()

    @property
    def facts(self) -> dict[str, object]:
        """The period, and how many keepers stand on it."""
        return {"period": self.period, "keepers": len(self.lines)}
