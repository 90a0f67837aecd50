"""The book sent up (上报表): A4, what was done in a month, a quarter or a year, to be signed."""

from sqlmodel import Session

from pointsbank import reports
from pointsbank.schemas.options import OneOf, Options, Ticked
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.book.drawing import draw
from pointsbank.sheets.book.gathering import example, gather
from pointsbank.sheets.book.values import Words
from pointsbank.staff import Permission


def offered_spans(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the spans that a book can be made of, the latest first."""
    return [(one.code, one.words) for one in reports.choices(session, village=village)]


class BookOptions(Options):
    """Of which span, and in which style."""

    span = OneOf(
        offered_spans,
        blank="上次月结的月份",
        load_default="",
        label="期间",
        note="2026-09（月）、2026-Q3（季）、2026-H2（半年）或 2026（年）；默认上次月结的月份",
    )
    official = Ticked(load_default=False, label="公文样式", note="按党政机关公文格式排，表格作附件")


SHEET = Sheet(
    name="book",
    title="上报表",
    about="A4，一个月、一季、半年或一年的发放、兑换、评议、公示、异议、更正和月结，末尾签字；上报用。",
    permission=Permission.LEDGER_VIEW,
    options=BookOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="表上有评议会到场和缺席的人名，给上级和村里存档，不张贴。",
)
