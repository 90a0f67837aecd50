"""What the rules on paper say, and their fixed wording."""

from dataclasses import dataclass
from enum import StrEnum

from pointsbank.disclosure.rules_in_words import Part, RuleWords
from pointsbank.law import Cleared
from pointsbank.sheets.base import SheetValue


class Words(StrEnum):
    """Fixed wording of the rules on paper."""

    TITLE = "{village}积分细则"
    VERSION = "第{version}版，{since}起施行"
    NOT_YET = "（还没有施行）"
    REPLACED = "（已有新的一版）"
    EARN = RuleWords.EARN
    SPEND = RuleWords.SPEND
    PLUS = RuleWords.PLUS
    MINUS = RuleWords.MINUS
    VETO = RuleWords.VETO
    WITHOUT_CATEGORY = RuleWords.WITHOUT_CATEGORY
    EVIDENCE = "佐证：{evidence}"
    UNPUBLISHED = "另有{count}条不公开。"
    SUBJECT = "对细则和评分"
    POCKET = "口袋页"


@dataclass(frozen=True, slots=True)
class RulesSheet(SheetValue):
    """One version of the scheme; `pocket`: on three narrow columns to fold, instead of a notice."""

    village: Cleared
    version: int
    since: str
    standing: str
    resolution: Cleared
    earn: str
    parts: tuple[Part, ...]
    unpublished: int
    issued_by: Cleared
    objection_channel: str
    hotline: str
    pocket: bool = False

    @property
    def description(self) -> str:
        """Which version it is."""
        return f"第{self.version}版积分细则{Words.POCKET if self.pocket else ''}"

    @property
    def file_label(self) -> str:
        """The version, and whether it is folded."""
        return f"{self.version}{'-pocket' if self.pocket else ''}"

    @property
    def facts(self) -> dict[str, object]:
        """Which version it is."""
        return {"version": self.version}
