"""Reads what a notice of scores says, with names as the wall may show them."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from pointsbank import publicity, villages
from pointsbank.publicity import PublicNotice
from pointsbank.sheets.base import CommonWords, place_name
from pointsbank.sheets.notice.values import Notice, Words

Published = TypeVar("Published", bound=Notice)


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
    official: bool = False,
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
    made = as_published(session, wall, Notice, village=village, identity=notice)
    return replace(made, by_entry=by_entry, apart=apart, official=official, is_posted=wall.is_posted)


def as_published(
    session: Session, wall: PublicNotice, kind: type[Published], *, village: str, identity: str
) -> Published:
    """Return what hangs as a value of a sheet: who puts it up, and how to object, beside what it says.

    Args:
        identity: id of the notice or of the correction.

    Raises:
        VillageUnknown: there is no such village.
    """
    settings = villages.settings(session, village=village)
    name = villages.get(session, village).name
    return kind(
        id=identity,
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
    )
