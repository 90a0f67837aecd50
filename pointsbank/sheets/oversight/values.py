"""What the oversight of some months says, and its fixed wording."""

from dataclasses import dataclass
from enum import StrEnum

from pointsbank.sheets.base import SheetValue
from pointsbank.text import Replaceable


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}评分监督表"
    PERIOD = "{first}至{until}"
    KIN = "一、评议员本户和亲属户得分"
    KIN_ABOUT = (
        "{judges}位评议员的本户和亲属户共{entries}条，加{plus}分，减{minus}分；其中{open}条没有登记回避。"
    )
    KIN_COLUMNS = "日期 评议员 关系 户主 户号 条数 加分 扣分 未回避 录入人"
    ITEMS = "二、条目使用"
    ITEMS_ABOUT = "现行{items}个条目，{unused}个没有用过，{capped}个碰到上限。"
    ITEMS_COLUMNS = "编号 条目 条数 户数 计分 少计 不计 使用"
    PACE = "三、补录和快慢"
    PACE_ABOUT = "共{entries}条入账，补录{late}条，不算柜台登记。天数从做事那天算到入账那天。"
    PACE_COLUMNS = "月份 条数 补录 占比 一半在几天内 九成在几天内 最长"
    MARKS = "四、评议员打分相差"
    MARKS_ABOUT = "{cases}户由评议员各自打分，其中{agreed}户打分全部相同；不写谁打的。"
    MARKS_COLUMNS = "编号 条目 户数 全部相同 一半的户相差不超过 相差最多"
    COUNTER = "五、柜台登记"
    COUNTER_ABOUT = (
        "{people}人在柜台登记了{entries}条，共{counted}分；其中{kin}条记给了登记人的本户或亲属户。"
    )
    COUNTER_COLUMNS = "登记人 条数 户数 计分 亲属条数 亲属计分"
    NOTHING = "没有"
    KEPT = "有全名，只给监督的人看，不张贴；不给干部排名次"


@dataclass(frozen=True, slots=True)
class KinLine:
    """What one household got at one meeting while somebody of it or related to it sat."""

    day: str
    judge: str
    relation: str
    name: Replaceable
    code: str
    entries: str
    plus: str
    minus: str
    open: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """What one item came to."""

    code: str
    title: str
    entries: str
    households: str
    counted: str
    capped: str
    nothing: str
    state: str


@dataclass(frozen=True, slots=True)
class PaceLine:
    """How long it took in one month."""

    month: str
    entries: str
    late: str
    share: str
    half: str
    nine_of_ten: str
    longest: str


@dataclass(frozen=True, slots=True)
class MarkLine:
    """How far the marks under one item lie apart."""

    code: str
    title: str
    cases: str
    agreed: str
    half: str
    widest: str


@dataclass(frozen=True, slots=True)
class CounterLine:
    """What one person entered at the counter."""

    person: str
    entries: str
    households: str
    counted: str
    kin: str
    kin_counted: str


@dataclass(frozen=True, slots=True)
class OversightSheet(SheetValue):
    """The five tables, each with a sentence of what it comes to."""

    village: str
    first: str
    until: str
    period: str
    kin_about: str
    kin: tuple[KinLine, ...]
    items_about: str
    items: tuple[ItemLine, ...]
    pace_about: str
    pace: tuple[PaceLine, ...]
    marks_about: str
    marks: tuple[MarkLine, ...]
    counter_about: str
    counter: tuple[CounterLine, ...]

    @property
    def description(self) -> str:
        """The months."""
        return f"{self.period}的评分监督表"

    @property
    def file_label(self) -> str:
        """The months."""
        return f"{self.first}-{self.until}"

    @property
    def facts(self) -> dict[str, object]:
        """Of which months it is."""
        return {"first": self.first, "until": self.until}
