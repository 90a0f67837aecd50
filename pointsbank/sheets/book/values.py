"""What the book sent up says on paper, and its fixed wording."""

from dataclasses import dataclass, field
from enum import StrEnum

from pointsbank.law import Cleared
from pointsbank.printing import PrintedTable
from pointsbank.sheets.base import SheetValue


class Words(StrEnum):
    """Fixed wording of the book."""

    TITLE = "{village}积分制工作报表"
    OFFICIAL_TITLE = "关于报送{span}积分制工作情况的报告"
    TO = "乡镇人民政府："
    OPENING = "现将我村{span}积分制工作情况报告如下。"
    CLOSING = "以上数字由账本汇总，与公示和月结海报一致。"
    PARTIAL = "其中有的月份还没有月结，数字还会变动。"
    SIGN = "签字"
    MADE = "制表：{day}"
    NOTHING = "没有。"
    DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class BookSheet(SheetValue):
    """One book: its tables as they are printed; `official`: in the style of an official document."""

    village: Cleared
    span: str
    code: str = field(metadata={"printed": False})
    made_on: str
    tables: tuple[PrintedTable, ...]
    offices: tuple[str, ...]
    standing: str
    year: str
    official: bool = False

    @property
    def description(self) -> str:
        """Of which span it is."""
        return f"{self.span}上报表"

    @property
    def file_label(self) -> str:
        """The span's code, and whether it is an official document."""
        return f"{self.code.lower()}{'-official' if self.official else ''}"

    @property
    def facts(self) -> dict[str, object]:
        """Of which span it is."""
        return {"span": self.code}
