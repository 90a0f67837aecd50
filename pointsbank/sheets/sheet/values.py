"""What a score sheet says: its pages, the households of each, and the items above the columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from pointsbank.omr.corner_codes import CornerCode, number_of, text_of
from pointsbank.omr.layout import MAXIMUM_COLUMNS, page_slices
from pointsbank.sheets.base import SheetValue, example_names
from pointsbank.text import Replaceable

_HEAD_LINE, _ONE_LINE = 11, 9


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "评分表"
    COLUMNS = "序号 户号 户名"
    REMARKS = "备注、签名"
    INSIDE = "内部使用，有全名，不张贴；用完交村委会保管。"
    PEN = "请用黑色或蓝色中性笔，在方框里打勾或打叉，不碰上下两格。"
    VOID = "打错了：把方框涂满，再在方框旁边签名，这一格作废。"
    RULE = "100毫米，量着不对请按100%重打"
    NUMBER = "表号"


@dataclass(frozen=True, slots=True)
class ItemHead:
    """An item above its column: its number, and its title in one or two short lines."""

    code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A household beside its boxes; the name in full: the sheet is for the panel's hands."""

    code: str
    name: Replaceable
    person: str = field(default="", metadata={"printed": False})


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what its four corners' codes hold, clockwise from the top left, and its households.

    Attributes:
        place, pages: from 1; which of its group's pages it is.
    """

    number: str
    corners: tuple[str, ...]
    lines: tuple[Line, ...]
    group: str
    place: int
    pages: int
    group_id: str = field(default="", metadata={"printed": False})


@dataclass(frozen=True, slots=True)
class ScoreSheet(SheetValue):
    """The pages of one group or several for a meeting, all with the same items."""

    village: str
    meeting: str
    day: str
    heads: tuple[ItemHead, ...]
    pages: tuple[Page, ...]
    meeting_id: str = field(default="", metadata={"printed": False})

    @property
    def description(self) -> str:
        """How many pages for how many households."""
        return f"{len(self.pages)}张评分表（{sum(len(page.lines) for page in self.pages)}户）"

    @property
    def file_label(self) -> str:
        """The number of its first page."""
        return self.pages[0].number.lower()

    @property
    def facts(self) -> dict[str, object]:
        """The numbers of its pages."""
        return {"pages": [page.number for page in self.pages]}


def item_head(code: str, title: str) -> ItemHead:
    """Return an item's head: two lines of one length where it is long, cut with … after 22 characters.

    Example:
        >>> item_head("HJ01", "参加村里组织的环境卫生集中整治").lines
        ('参加村里组织的环', '境卫生集中整治')
    """
    short = title if len(title) <= 2 * _HEAD_LINE else title[: 2 * _HEAD_LINE - 1] + "…"
    first = len(short) if len(short) <= _ONE_LINE else -(-len(short) // 2)
    return ItemHead(code, tuple(filter(None, (short[:first].strip(), short[first:].strip()))))


def paginated(
    lines: Sequence[Line],
    heads: Sequence[ItemHead],
    *,
    sheet: tuple[str, ...],
    group: str,
    group_id: str = "",
) -> tuple[Page, ...]:
    """Share a group's households over pages, each with a number of its own.

    The number is made of what stands on all of them, so that printing the same again gives the same ones, and
    one household or item more gives others: pages of two prints are never taken for those of one.

    Args:
        heads: 1 to 12.
        sheet: what else tells this sheet from others: village, meeting, group.

    Raises:
        ValueError: there are no heads, or more than 12.
    """
    if not 1 <= len(heads) <= MAXIMUM_COLUMNS:
        raise ValueError(f"{len(heads)} columns")
    contents = (*sheet, *(head.code for head in heads), "", *(f"{line.code} {line.person}" for line in lines))
    slices = list(page_slices(len(lines)))
    pages = []
    for place, rows in enumerate(slices, start=1):
        some = tuple(lines[rows])
        number = number_of(sha256("\n".join((*contents, "", str(place))).encode()).digest())
        corners = (CornerCode(number, len(some), len(heads), corner) for corner in range(4))
        texts = tuple(map(text_of, corners))
        pages.append(Page(number, texts, some, group, place, len(slices), group_id))
    return tuple(pages)


_EXAMPLE_ITEMS = (
    *("参加环境卫生集中整治", "庭院整洁", "垃圾分类", "义务修渠修路投工", "照看独居老人", "参加红白事简办"),
    *(
        "捐赠旧衣旧书",
        "夜间巡逻值班",
        "调解邻里纠纷",
        "乱堆柴草杂物",
        "占道堆放建筑材料超过三天",
        "参加村民会议",
    ),
)


def example(households: int) -> ScoreSheet:
    """Return the sheet of a group of so many households and twelve items.

    Raises:
        ValueError: as `paginated`; twelve items are never too many.
    """
    names = example_names(households)
    lines = [
        Line(f"{number:05}", Replaceable(str(name), f"户号{number:05}"))
        for number, name in enumerate(names, 1001)
    ]
    heads = [item_head(f"HJ{number:02}", title) for number, title in enumerate(_EXAMPLE_ITEMS, 1)]
    group = "第3村民小组"
    pages = paginated(lines, heads, sheet=("茶源村", "九月评议会", group), group=group)
    return ScoreSheet("茶源村", "九月评议会", "2026年9月28日", tuple(heads), pages)
