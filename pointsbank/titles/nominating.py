"""Nominating a household, or a person of it, for a title: by a panel, a group, a meeting or a person."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import boards, governing, law, ledger, roster, staff, villages
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.labels.participant_status import PARTICIPANT_STATUS
from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.labels.title_nominator import TITLE_NOMINATOR
from pointsbank.law import Use
from pointsbank.text import clean, clean_name, clean_required
from pointsbank.titles.barring import check_lost
from pointsbank.titles.kinds import TitleKind, kind_named
from pointsbank.titles.models import TitleRow
from pointsbank.titles.reading import Title, title, titles
from pointsbank.titles.states import OVER

CONTROL = staff.declare(
    staff.Control(
        act="提名和授予称号",
        controlled="whoever writes down a nomination, perhaps for the own household",
        controls="criteria one by one, a vote, a notice with objections answered by the supervisor",
        where=__name__,
        permissions=(staff.Permission.BOARD_DECIDE, staff.Permission.BOARD_VOTE),
    )
)

TITLES = "titles"
"""The kind of restriction that stands against a title."""


class TitleHolderUnfit(Refused):
    """The title is given to others."""

    code = "title_holder_unfit"
    sentence = "“{title}”授给{holder}，{who}不是，请换一种称号或者换一个对象。"
    fixed_by = "本人"


class TitlePersonMissing(Invalid):
    """Of a title for a person nobody is named, or somebody is of one for a household."""

    code = "title_person_missing"
    sentence = "“{title}”授给户里的个人时要写姓名，授给户的不写个人姓名，请改正。"
    fixed_by = "本人"
    at = ("person",)


class TitleAgreementInvalid(Invalid):
    """The person agreed to be named tomorrow, or nobody did."""

    code = "title_agreement_invalid"
    sentence = "同意公开姓名的日期不能晚于今天，也只有个人称号才填，请改正。"
    fixed_by = "本人"
    at = ("agreed_on",)


class TitleAway(Refused):
    """Nobody of the household is there, or it is suspended."""

    code = "title_away"
    sentence = "{who}现在{why}，不参评称号；情况变了的，请先在花名册里改。"
    fixed_by = "村委"


class TitleBoardsLeft(Refused):
    """The household asked to stand on no board; a title hangs as one."""

    code = "title_boards_left"
    sentence = "{who}已签字退出各种榜，不参评称号；想参评的，请本人先签字恢复。"
    fixed_by = "村民"


class TitleUnderWay(Refused):
    """The household has it already, or is nominated."""

    code = "title_under_way"
    sentence = "{who}的“{title}”已经在办（第{number}号），不用再提名。"
    fixed_by = "本人"


_NOT_THERE = ("away", "suspended")


def nominate(
    session: Session,
    *,
    village: str,
    kind: str,
    participant: str,
    person: str = "",
    agreed_on: date | None = None,
    nominated_by: str,
    nominator: str = "",
    reason: str = "",
    by: str,
    at: datetime,
) -> Title:
    """Nominate the participant with this code, or a person of it, under the next number; locks the village.

    Args:
        kind: id or name of a kind that is in force today.
        person: of the household, 1 to 60 characters, where the title is given to a person; else empty.
        agreed_on: the day on which that person signed to be named in public; None: never in full.
        nominated_by: a code of `labels.title_nominator`.
        nominator: which panel, group or meeting, or who, up to 60 characters; stays inside.
        reason: what they did, up to 200 characters; nothing of opinions, petitions, belief.

    Raises:
        TitleKindUnknown: there is no such kind, or it is given no more.
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        TitleHolderUnfit, TitlePersonMissing: the title is given to others.
        TitleAgreementInvalid: the day is yet to come, or nobody is named.
        TitleAway, TitleBoardsLeft: nobody is there, or they asked to stand nowhere.
        ParticipantRestricted: a veto keeps it from titles.
        TitleUnderWay: it has the title, or is nominated for it.
        TitleBarred: it lost the title and may not stand again yet.
        TextInvalid: a text is too long, or holds what cannot be stored.
        Wording, NamesSomebody: the reason, or a remark behind the name, says what is said of nobody, or the
            reason names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        titles.nominate(
            session, village="cy", kind="清洁户", participant="0101", nominated_by="panel", by="li", at=now
        ).state  # "nominated"
    """
    villages.lock(session, village=village)
    today = day_of(at)
    chosen = kind_named(session, village=village, named=kind, day=today)
    who = roster.by_code(session, village=village, code=participant)
    named = _person(chosen, who, person, agreed_on, today)
    check_eligible(session, who, village=village, at=at)
    earlier = titles(session, village=village, name=chosen.name)
    for one in earlier:
        if one.participant.id == who.id and one.state not in OVER and one.person == named:
            raise TitleUnderWay(who=one.who, title=chosen.name, number=one.number)
    check_lost(session, chosen.name, who, earlier, village=village, today=today)
    people = governing.named_people(session, village=village)
    written = clean(reason, maximum=200)
    if written:
        law.check(written, Use.DEED, field="事迹", people=people, at=("reason",))
    row = TitleRow(
        village_id=village,
        id=new_id(session),
        number=_next_number(session, village),
        kind_id=chosen.id,
        participant_id=who.id,
        person=named,
        agreed_on=agreed_on,
        nominated_by=nominated_by,
        nominator=clean(nominator, maximum=60),
        reason=written,
        nominated_on=today,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(row)
    session.flush()
    _record(session, row, chosen, by=by, at=at)
    return title(session, village=village, title_id=row.id)


def check_eligible(session: Session, who: roster.Participant, *, village: str, at: datetime) -> None:
    """Refuse a title for who has ended, is away, stands on no board, or is kept from titles by a veto.

    Raises:
        ParticipantClosed, TitleAway, TitleBoardsLeft, ParticipantRestricted: it is so.

    Example:
        check_eligible(session, wang, village="chayuan", at=now)
    """
    roster.refuse_closed(session, village=village, participants=[who.id])
    named = f"{who.name}（{who.code}）"
    if who.status in _NOT_THERE:
        raise TitleAway(who=named, why=PARTICIPANT_STATUS.name(who.status))
    if boards.has_left(session, village=village, participant=who.id):
        raise TitleBoardsLeft(who=named)
    roster.refuse_restricted(session, village=village, participant=who.id, kind=TITLES, at=at)


def _person(
    kind: TitleKind, who: roster.Participant, person: str, agreed_on: date | None, today: date
) -> str:
    """Return the person that a title is for, empty for the participant itself.

    Raises:
        TitleHolderUnfit, TitlePersonMissing, TitleAgreementInvalid, TextInvalid, Wording: as `nominate`.
    """
    is_personal = kind.holder == "person"
    wanted = "household" if is_personal else kind.holder
    if who.kind != wanted:
        raise TitleHolderUnfit(
            title=kind.name, holder=TITLE_HOLDER.name(kind.holder), who=f"{who.name}（{who.code}）"
        )
    if bool(person.strip()) != is_personal:
        raise TitlePersonMissing(title=kind.name)
    if agreed_on is not None and (agreed_on > today or not is_personal):
        raise TitleAgreementInvalid()
    return lawful_person(clean_required(person, maximum=60)) if is_personal else ""


def lawful_person(person: str) -> str:
    """Return the name of a person as it is written on certificates and letters, without a remark behind it.

    Raises:
        Wording: something is said of that person, e.g. 李梅花（低保户）.
        TextInvalid: it is no name.

    Example:
        >>> lawful_person("买买提·艾力")
        '买买提·艾力'
    """
    named = clean_name(person)
    law.check(named, Use.FACT, field="姓名", people=law.NOBODY, at=("person",))
    return named


def _next_number(session: Session, village: str) -> int:
    row = TitleRow
    return (session.exec(select(func.max(col(row.number))).where(row.in_village(village))).one() or 0) + 1


def _record(session: Session, row: TitleRow, kind: TitleKind, *, by: str, at: datetime) -> None:
    """Tell the log who is nominated for what by whom; the words stay in the row."""
    words = {
        "title": row.id,
        "participant": row.participant_id,
        "name": kind.name,
        "nomination": row.number,
        "title_kind": kind.id,
        "agreed_on": row.agreed_on.isoformat() if row.agreed_on else None,
        "nominated_by": row.nominated_by,
        "nominated_on": row.nominated_on.isoformat(),
    }
    ledger.record(session, village=row.village_id, kind="title_nominated", by=by, at=at, words=words)


@ledger.describes("title_nominated")
def _nominated(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 清洁户第3号，评议小组提名."""
    return f"{words['name']}第{words['nomination']}号，{TITLE_NOMINATOR.name(words['nominated_by'])}提名"
