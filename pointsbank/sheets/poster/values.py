"""The value of a month's poster and its fixed wording."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pointsbank.dates import month_in_words
from pointsbank.law import NOTHING, Cleared
from pointsbank.points import Points
from pointsbank.proof import Anchor
from pointsbank.publicity import BlackPlace, GroupPlace, PublicName
from pointsbank.sheets.base import SheetValue


class Words(StrEnum):
    """Everything that stands on every poster; the fonts are cut to hold it."""

    BOARD_NAME = "文明积分红黑榜"
    BOARD_NAME_RED_ONLY = "文明积分红榜"

    RED = "红榜"
    RED_NOTE = "向他们学习"
    DEEDS = "善行榜"
    RED_EMPTY = "本月暂无上榜名单，欢迎大家多做好事、多来申报。"
    BLACK = "黑榜"
    BLACK_NOTE = "改正即撤，不留记录；对内容有异议的可以提出"
    BLACK_EMPTY = "本月无上榜名单。"
    BLACK_RULE = "依据"
    BLACK_UNTIL = "公布至{day}"
    BLACK_SINCE = "{month}首次公布，尚未改正"
    GROUPS = "小组排名"
    GROUPS_MEASURE = "户均荣誉积分，红条在全村户均{average}分之上，灰条在下"

    HOUSEHOLDS = "户"
    PIECES = "件"
    CASES = "条"
    SCORED = "参与评分"
    ISSUED = "发放积分"
    REDEEMED = "兑换积分"
    GOODS = "兑出商品"
    OUTSTANDING = "未兑积分"
    RAISED = "收到异议"
    UPHELD = "异议成立"

    ANCHOR = "存证码"
    ANCHOR_NOTE = "本月账本的指纹：账目若改，此码必变。请拍照留存备查。"
    ANCHOR_EARLIER = "往月存证码"
    SIGNING_KEY = "签名公钥"
    OBJECTION_SUBJECT = "对榜上内容"
    BASIS = "{month}评议依据：{resolution}"

    RED_EMPTY_PERIOD = "这一期还没有上榜名单，欢迎大家多做好事、多来申报。"
    GRADES = "等级"
    GRADES_NOTE = "只公布每一档有几个；最高一档不超过60个的，按本人同意写名字"
    GRADE_COUNT = "{count}个"
    ANCHOR_NOTE_PERIOD = "到{month}为止账本的指纹：账目若改，此码必变。请拍照留存备查。"

    PICTURE_MORE = "还有{count}户，请看墙上的红榜"
    PICTURE_WALL = "以村务公开栏张贴的为准"
    PICTURE_NOTE = "本月账本的指纹，账目若改，此码必变。请存下这张图。"


@dataclass(frozen=True, slots=True)
class RedEntry:
    """One line of the red board: place, name as it may be shown, points and the reason.

    Praise for a deed says its `kind` instead of place and points, which have nothing to do with it.
    """

    rank: int
    name: PublicName
    group: Cleared
    points: Points
    reason: Cleared
    kind: Cleared = NOTHING


@dataclass(frozen=True, slots=True)
class BandCount:
    """A band: its name, how many are in it, and its colour, a code of `labels.grade_sign`."""

    name: Cleared
    count: int
    sign: str = field(default="", metadata={"printed": False})


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """A table's grades of a period: how many in each band, and who is in the highest as they agreed to."""

    title: Cleared
    bands: tuple[BandCount, ...]
    highest: tuple[PublicName, ...]


@dataclass(frozen=True, slots=True)
class Poster(SheetValue):
    """Everything on the poster of one month; `black=None` prints no black board at all.

    The figures are number, unit and what is counted; `earlier` are anchors of months before, printed again so
    that old paper and new paper agree; `key` is the public half of what signs the log, empty without one.
    """

    village: Cleared
    month: str
    red: tuple[RedEntry, ...]
    groups: tuple[GroupPlace, ...]
    black: tuple[BlackPlace, ...] | None
    figures: tuple[tuple[str, str, str], ...]
    publicity_from: date
    publicity_until: date
    issued_by: Cleared
    anchor: Anchor
    earlier: tuple[Anchor, ...]
    basis: Cleared
    objection_channel: str
    hotline: str
    second: Cleared = NOTHING
    """The heading in another language of the village."""
    key: str = ""
    on_a4: bool = False
    """On several sheets of A4 instead of one of A3."""
    period: str = ""
    """A quarter, half-year or year in words; then `month` is the last of its months that is closed."""
    note: str = ""
    """What is not settled yet, as a sentence that stands above the board."""
    grades: tuple[GradeCounts, ...] = ()

    @property
    def when(self) -> str:
        """The month or the period in words."""
        return self.period or month_in_words(self.month)

    @property
    def anchor_note(self) -> str:
        """What the code vouches for."""
        if self.period:
            return Words.ANCHOR_NOTE_PERIOD.format(month=month_in_words(self.month))
        return Words.ANCHOR_NOTE

    @property
    def empty(self) -> str:
        """What stands where nobody does."""
        return Words.RED_EMPTY_PERIOD if self.period else Words.RED_EMPTY

    @property
    def description(self) -> str:
        """Which month's poster it is."""
        return f"{self.when}的海报"

    @property
    def file_label(self) -> str:
        """The month."""
        return self.month

    @property
    def facts(self) -> dict[str, object]:
        """The month."""
        return {"month": self.month}
