"""The notice of scores (公示): a line for each household under its group, or one for each score; A4."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.schemas.options import OneOf, Options, Ticked
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.notice.drawing import draw
from pointsbank.sheets.notice.examples import example
from pointsbank.sheets.notice.gathering import gather
from pointsbank.sheets.notice.values import Notice as Notice
from pointsbank.sheets.notice.values import Words as Words
from pointsbank.staff import Permission


def _notices(session: Session, village: str) -> list[tuple[str, str]]:
    return [
        (notice.id, f"{notice.title}（{notice.published_on.isoformat()}）")
        for notice in publicity.notices(session, village=village)
    ]


class NoticeOptions(Options):
    """Which notice, and how it is laid out."""

    notice = OneOf(
        _notices, blank="最近一份", load_default=None, label="公示", note="哪一份公示；默认最近一份"
    )
    apart = Ticked(
        load_default=False,
        label="每个小组一份",
        note="分组张贴，各有抬头和盖章处",
    )
    by_entry = Ticked(
        load_default=False,
        label="每条评分一行",
        note="默认每户一行",
    )
    official = Ticked(
        load_default=False,
        label="公文样式",
        note="按党政机关公文格式排，全村一份，每条一行作附件",
    )


SHEET = Sheet(
    name="notice",
    title="评议结果公示",
    about="A4，张贴用，每户一行，姓名按公示规则隐去。",
    permission=Permission.NOTICE_VIEW,
    options=NoticeOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    read_from=0.5,
)
