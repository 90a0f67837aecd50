"""A notice gathered for printing: what may hang on the wall, until when, and how to object."""

from sqlmodel import Session

from pointsbank import villages
from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.printing import NoticeLine, NoticeSheet
from pointsbank.publicity.notices import WallEntry, public_notice


def notice_sheet(session: Session, *, village: str, notice: str) -> NoticeSheet:
    """One notice as it is printed, masked; raises NoticeUnknown."""
    wall = public_notice(session, village=village, notice=notice)
    chosen = villages.settings(session, village=village)
    name = villages.get(session, village).name
    return NoticeSheet(
        village=name,
        title=wall.title,
        lines=tuple(_line(entry) for entry in wall.entries),
        published_on=wall.published_on,
        ends_on=wall.ends_on,
        issued_by=f"{name}村民委员会",
        objection_channel=(
            f"公示期内有异议的，可向村民委员会或村务监督委员会口头、书面提出，"
            f"{chosen.objection_working_days}个工作日内书面答复。"
        ),
        hotline=chosen.hotline or chosen.contact_phone,
    )


def _line(entry: WallEntry) -> NoticeLine:
    """One score as it hangs."""
    contested = f"{SCORE_STATUS.name('contested')}，处理中"
    marks = [mark for mark, is_so in (("补录", entry.late), (contested, entry.contested)) if is_so]
    return NoticeLine(
        name=entry.name,
        group=entry.group,
        item=entry.item,
        occurred_on=entry.occurred_on,
        points=entry.points,
        remark="；".join(marks),
    )
