"""The word of a title's person on being named in full, after the nomination: taken back, and given again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.titles.models import TitleAgreementRow
from pointsbank.titles.reading import Title, title
from pointsbank.titles.recording import locked_title
from pointsbank.titles.rules import TitleDayInvalid
from pointsbank.titles.states import OVER


class TitleNameHidden(Refused):
    """Nobody agreed to be named, or it was taken back."""

    code = "title_name_hidden"
    sentence = "{who}现在没有同意公开姓名，公开时本来就隐去，不用撤回。"
    fixed_by = "本人"


class TitleNameShown(Refused):
    """The person agreed already."""

    code = "title_name_shown"
    sentence = "{who}{day}已经签字同意公开姓名，不用再登记。"
    fixed_by = "本人"


class TitleNobodyNamed(Refused):
    """The title is the household's: its own word, in its file, says how it is named."""

    code = "title_nobody_named"
    sentence = "这个称号不是授给个人的：一户的公开方式请在这一户的档案里登记。"
    fixed_by = "村民"


class TitleNameOver(Refused):
    """The title is over: nobody is named for it any more."""

    code = "title_name_over"
    sentence = "{who}已经没有这个称号，不会再公开，不用登记同意。"
    fixed_by = "本人"


def withdraw_name(
    session: Session, *, village: str, title_id: str, signed_on: date | None = None, by: str, at: datetime
) -> Title:
    """Record that the person of a title takes back that it is named in full; from now on it is masked.

    Locks the village. The title itself stands.

    Args:
        signed_on: on which day that person signed; today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleNobodyNamed: it is a household's.
        TitleNameHidden: nobody agreed, or it was taken back.
        TitleDayInvalid: the day is before the agreement, or yet to come.

    And those of `villages.lock` and `ledger.record`.

    Example:
        titles.withdraw_name(session, village="cy", title_id=id, by="li", at=now).agreed_on  # None
    """
    one = locked_title(session, village, title_id)
    if not one.person:
        raise TitleNobodyNamed()
    if one.agreed_on is None:
        raise TitleNameHidden(who=one.who)
    return _say(session, one, village=village, agreed=False, day=signed_on, by=by, at=at)


def agree_to_name(
    session: Session, *, village: str, title_id: str, signed_on: date | None = None, by: str, at: datetime
) -> Title:
    """Record that the person of a title agrees to be named in full, after it had not, or took it back.

    Locks the village.

    Args:
        signed_on: on which day that person signed; today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleNobodyNamed: it is a household's.
        TitleNameShown: that is agreed.
        TitleNameOver: the title is over.
        TitleDayInvalid: the day is before the last word, or yet to come.

    And those of `villages.lock` and `ledger.record`.

    Example:
        titles.agree_to_name(session, village="cy", title_id=id, by="li", at=now).agreed_on  # today
    """
    one = locked_title(session, village, title_id)
    if not one.person:
        raise TitleNobodyNamed()
    if one.agreed_on is not None:
        raise TitleNameShown(who=one.who, day=one.agreed_on)
    if one.state in OVER:
        raise TitleNameOver(who=one.who)
    return _say(session, one, village=village, agreed=True, day=signed_on, by=by, at=at)


def _say(
    session: Session, one: Title, *, village: str, agreed: bool, day: date | None, by: str, at: datetime
) -> Title:
    """Write the next word of a title's person, and its entry; raises TitleDayInvalid."""
    today = day_of(at)
    signed = day or today
    earliest = one.agreements[-1].day if one.agreements else one.first_agreed_on
    if signed > today or (earliest is not None and signed < earliest):
        raise TitleDayInvalid(first=earliest or signed, last=today)
    row = TitleAgreementRow(
        village_id=village,
        title_id=one.id,
        number=len(one.agreements) + 1,
        agreed=agreed,
        day=signed,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(row)
    session.flush()
    words = {
        "title": one.id,
        "participant": one.participant.id,
        "name": one.kind.name,
        "nomination": one.number,
        "number": row.number,
        "agreed": agreed,
        "day": signed.isoformat(),
    }
    kind = "title_name_agreed" if agreed else "title_name_withdrawn"
    ledger.record(session, village=village, kind=kind, by=by, at=at, words=words)
    return title(session, village=village, title_id=one.id)


def _describe(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 好媳妇第3号，2026-09-09签字."""
    return f"{words['name']}第{words['nomination']}号，{words['day']}签字"


for _kind in ("title_name_agreed", "title_name_withdrawn"):
    ledger.describes(_kind)(_describe)
