"""Reads what a notice of scores says, with names as the wall may show them."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import publicity, villages
from pointsbank.sheets.base import CommonWords, place_name
from pointsbank.sheets.notice.values import Notice, Words


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    notice: str | None = None,
    by_entry: bool = False,
    apart: bool = False,
) -> Notice:
    """Return one notice, the latest unless one is named, with names as the wall may show them.

    Raises:
        NoticeUnknown: there is no such notice, or none at all.
    """
    if notice is None:
        latest = next(iter(publicity.notices(session, village=village)), None)
        if latest is None:
            raise publicity.problems.NoticeUnknown()
        notice = latest.id
    wall = publicity.public_notice(session, village=village, notice_id=notice)
    settings = villages.settings(session, village=village)
    name = villages.get(session, village).name
    return Notice(
        id=notice,
        village=place_name(name),
        title=wall.title,
        entries=wall.entries,
        unpublished=wall.unpublished,
        published_on=wall.published_on,
        days=wall.days,
        hung_on=wall.hung_on,
        ends_on=wall.ends_on,
        issued_by=place_name(f"{name}村民委员会"),
        objection_channel=CommonWords.OBJECTION_CHANNEL.format(
            subject=Words.SUBJECT, days=settings.objection_working_days
        ),
        hotline=settings.hotline or settings.contact_phone,
        by_entry=by_entry,
        apart=apart,
    )
