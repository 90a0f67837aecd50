"""What the minutes of a meeting say, and their fixed wording."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pointsbank.sheets.base import SheetValue


class Words(StrEnum):
    """Fixed wording of the minutes."""

    TITLE = "{village}评议会记录"
    NUMBER = "{year}年第{number}号"
    DRAFT = "草稿：评议会还没有结束，记录没有封存"
    MEETING = "会议"
    TIME = "时间"
    PLACE = "地点"
    PANEL = "评议小组"
    AREA = "只评"
    PRESENT = "到场"
    ABSENT = "缺席"
    RECUSED = "回避"
    RECUSALS = "{name}不评{households}"
    AGENDA = "议程和结果"
    WITHOUT_OUTCOME = "（没有登记结果）"
    MARKS = "打分"
    MARKED = "第{number}条，{whose}，{item}：{marks}；{rule}，得{mark}分"
    WITHDRAWN = "（评分已撤回）"
    RESULT = "评分"
    COUNTS = "共{entries}条，{participants}户；加{plus}分，减{minus}分。"
    PAPER = "其中{scores}条从{pages}页纸质评分表读入。"
    CUT = "其中{cut}条按上限或重复少计，{nothing}条不计分。"
    TEXT = "记录"
    NOTES = "封存后的补记"
    NOTE = "{moment} {who}补充：{text}"
    OPENED = "{moment} {who}开始"
    CLOSED = "{moment} {who}结束并封存，账本日志第{index}条"
    SIGNED = "到场人签名"
    RECORDER = "记录人"
    OFFICIAL_TITLE = "{title}纪要"
    KEPT = "全名，村里存档，不张贴"


@dataclass(frozen=True, slots=True)
class Recusal:
    """Somebody who sat, and the households left to the others."""

    name: str
    households: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MinutesSheet(SheetValue):
    """What a meeting's minutes say: names in full, for the hands of the committee and the supervisors."""

    village: str
    title: str
    held_on: date
    number: str
    known: tuple[tuple[str, str], ...]
    present: tuple[str, ...]
    recusals: tuple[Recusal, ...]
    agenda: tuple[tuple[str, str], ...]
    result: str
    text: str
    notes: tuple[str, ...]
    marks: tuple[str, ...] = ()
    meeting: str = ""
    official: bool = False

    @property
    def description(self) -> str:
        """The title of the meeting."""
        return f"《{self.title}》的记录"

    @property
    def file_label(self) -> str:
        """The day of the meeting."""
        return self.held_on.isoformat()

    @property
    def facts(self) -> dict[str, object]:
        """Which meeting it is."""
        return {"meeting": self.meeting}
