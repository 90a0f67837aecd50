"""What a household's statement says, and its fixed wording."""

from dataclasses import dataclass
from enum import StrEnum

from pointsbank.sheets.base import SheetValue
from pointsbank.sheets.passbook.sums import Sums
from pointsbank.text import Replaceable


class Words(StrEnum):
    """Fixed wording of the statement."""

    TITLE = "积分对账单"
    HOUSEHOLD = "户主"
    NUMBER = "户号"
    CARD = "卡号"
    MORE_CARDS = "{some}等{count}张"
    SPAN = "期间"
    PRINTED = "打印"
    POINTS = "可用积分"
    HONOUR = "荣誉积分"
    OPENING = "期初"
    CAME = "收入"
    WENT = "支出"
    CLOSING = "期末"
    COLUMNS = "编号 日期 事由 收入 支出 结余 荣誉增减 荣誉累计"
    SMALL_COLUMNS = "日期、编号 事由 积分、结余 荣誉、累计"
    LEFT = "余{balance}"
    SO_FAR = "计{balance}"
    INDEX = "{index}号"
    OVERLEAF = "过次页"
    BROUGHT = "承前页"
    TOTAL = "合计"
    NOTHING = "这段时间没有变动。"
    CORRECTED = "{why}（已更正）"
    TAKEN_BACK = "{why}（已撤销）"
    UNDOES = "{kind}{index}号：{why}"
    ORDER = "按入账先后排；日期是事情发生的那天。"
    LAPSES = "年底怎么算"
    STAYS = "积分和荣誉都留着，没有到期清零的。"
    WRONG = "哪里不对"
    CHANNEL = (
        "说出那一笔的编号，到村委会口头、书面都可以提{phone}，{days}个工作日内书面答复。不收钱，不扣分。"
    )
    PHONE = "，或打电话{phone}"
    PROOF = "怎么核对"
    SEALED = (
        "到{index}号为止的各笔封在{month}的存证码里：和当月海报上的六组数字一样，就没有被改过。"
        "扫自己的积分卡可以逐笔核对。"
    )
    NOT_SEALED = "这些笔月结以后才有存证码；扫自己的积分卡可以逐笔核对。"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its number in the village's log, what for, and what it moved, in hundredths.

    `points` and `honour` are signed, None where the entry moved none; the others stand after it.
    """

    index: int
    day: str
    why: str
    points: int | None
    points_left: int
    honour: int | None
    honour_left: int


@dataclass(frozen=True, slots=True)
class Seal:
    """The anchor under which entries of the statement are sealed: its digits as printed, its code's text."""

    digits: str
    code: str


@dataclass(frozen=True, slots=True)
class Passbook(SheetValue):
    """A household's statement, for its own hand; `participant` (id) stands nowhere on it."""

    village: str
    household: Replaceable
    code: str
    cards: str
    span: str
    printed: str
    points: Sums
    honour: Sums
    rows: tuple[Row, ...]
    lapses: str
    channel: str
    proof: str
    seal: Seal | None
    is_small: bool
    participant: str = ""

    @property
    def description(self) -> str:
        """How many entries it has; whose it is stands on the paper only."""
        return f"对账单，{len(self.rows)}笔"

    @property
    def file_label(self) -> str:
        """The size of its paper: whose it is, a file's name does not say."""
        return "a6" if self.is_small else "a4"

    @property
    def facts(self) -> dict[str, object]:
        """How many entries it has."""
        return {"entries": len(self.rows)}
