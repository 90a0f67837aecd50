"""What the sheet of a year's end says: names in full, figures as they are printed."""

from dataclasses import dataclass
from enum import StrEnum

from pointsbank.sheets.base import SheetValue
from pointsbank.text import Replaceable

NOTHING = "0"
_POINTS, _OLD, _GONE, _AFTER, _HONOUR = range(5)


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}{year}年年终结转签字表"
    PLANNED = "{day}打印，还没有入账：入账按确认那一刻的账。"
    POSTED = "{day}入账。"
    RULE = "办法：{rule}（{resolution}）"
    NO_RULE = "村里没有登记结转办法，积分全部留用。"
    CODE = "户号"
    NAME = "户主"
    FIGURES = "原有 上年的 减少 之后 荣誉"
    SIGNED = "签字"
    NO_GROUP = "没有分组的"
    SUM = "合计{count}个积分主体："
    FIRST = "申请人签字"
    SECOND = "确认人签字"
    SUPERVISOR = "监督委员会签字"
    DAY = "日期"
    KEPT = "全名，开会核对、签字用，存档，不张贴。"


@dataclass(frozen=True, slots=True)
class Line:
    """One household as it stands on the sheet: names in full, figures as they are printed."""

    name: Replaceable
    code: str
    group: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearEndSheet(SheetValue):
    """A year's end to be read and signed at a meeting."""

    title: str
    rule: str
    state: str
    lines: tuple[Line, ...]
    sums: tuple[str, ...]
    year: str

    @property
    def description(self) -> str:
        """Which year's sheet it is."""
        return f"{self.year}年年终结转签字表"

    @property
    def file_label(self) -> str:
        """The year."""
        return self.year

    @property
    def facts(self) -> dict[str, object]:
        """The year, and how many stand on it."""
        return {"year": self.year, "accounts": len(self.lines)}

    @property
    def shown(self) -> tuple[int, ...]:
        """Places of the figures that say something: the old ones where some differ, honour where it moves."""
        some_new = any(one.figures[_OLD] != one.figures[_POINTS] for one in self.lines)
        some_honour = any(one.figures[_HONOUR] != NOTHING for one in self.lines)
        saying = (
            {_POINTS, _GONE, _AFTER} | ({_OLD} if some_new else set()) | ({_HONOUR} if some_honour else set())
        )
        return tuple(sorted(saying))
