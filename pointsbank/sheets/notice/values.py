"""What a notice of scores says, and its fixed wording."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pointsbank.disclosure.households import Marks
from pointsbank.law import Cleared
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.base import SheetValue


class Words(StrEnum):
    """Fixed wording of a notice."""

    COLUMNS = "序号 户主（主体） 小组 条目 日期 分值 备注"
    HOUSEHOLD_COLUMNS = "户号 户主（主体） 评分{month} 合计"
    MONTH = "（未写月份的都是{month}月）"
    EACH = Marks.EACH
    MINUS = "扣分"
    INTRO = "现将评议结果予以公示，接受村民监督。公示期内对任何一条有不同意见，都可以提出。"
    POSTED = (
        "现将柜台登记的积分予以公示，接受村民监督。这些积分已入账，有异议仍可更正："
        "公示期内对任何一条有不同意见，都可以提出。"
    )
    CORRECTED = "现将评分更正予以公示，接受村民监督。公示期内对更正有不同意见，都可以提出。"
    EMPTY = "本次没有需要公示的评分。"
    COUNT = "共{count}条"
    UNPUBLISHED = "，另有{count}条不公开"
    SUBJECT = "公示期内"
    UNHUNG = "自张贴之日起{days}天"
    HUNG_BY_HAND = "（张贴日期：　　　　年　　月　　日）"
    HOUSEHOLDS = "{count}户"
    BESIDES = "，全村另有{count}条不公开"
    LATE = Marks.LATE
    VETO = Marks.VETO
    CONTESTED = Marks.CONTESTED
    EVERYBODY = "全体村民："
    DETAIL = "公示明细"
    WAS = Marks.WAS
    IS = Marks.IS
    STRUCK = Marks.STRUCK


@dataclass(frozen=True, slots=True)
class Notice(SheetValue):
    """A notice of scores: its entries, its first and last day, and how to object.

    `by_entry`: a line for each entry instead of one for each household; `apart`: a copy for each group.
    `official`: in the style of an official document, its entries attached.
    `is_posted`: it was entered at the counter, and counts already.
    """

    id: str
    village: Cleared
    title: Cleared
    entries: tuple[PublicEntry, ...]
    unpublished: int
    published_on: date
    days: int
    hung_on: date | None
    ends_on: date | None
    issued_by: Cleared
    objection_channel: str
    hotline: str
    by_entry: bool = False
    apart: bool = False
    is_posted: bool = False
    official: bool = False

    @property
    def description(self) -> str:
        """The title of the notice."""
        return f"《{self.title}》"

    @property
    def file_label(self) -> str:
        """The day it was published."""
        return self.published_on.isoformat()

    @property
    def facts(self) -> dict[str, object]:
        """Which notice it is."""
        return {"notice": self.id}
