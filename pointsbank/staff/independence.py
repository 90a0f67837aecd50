"""Tells whether two logins are two people, for every act that one person may not do alone.

A login that somebody made, reset, re-enabled, freed of its second factor or gave a role may still be in that
person's hands: whoever chose the password knows it. It counts as its owner's own again once the owner has
changed the password himself and 24 hours have passed since, in which the home page tells everybody. The one
clever thing is that hands reach through hands: an admin who makes B, and as B makes C, has both, and neither
is a second for him nor for the other. A login of which nothing says who made it is in anybody's hands: what
is missing from the record opens nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank.dates import moment_in_words
from pointsbank.errors import Refused
from pointsbank.labels.account_act import ACCOUNT_ACT
from pointsbank.staff import directory
from pointsbank.staff.account_acts import (
    ANYBODY,
    MADE_UNTOLD,
    OWN_PASSWORD,
    TOKEN_MADE,
    AccountAct,
    acts_upon,
)

WAIT = timedelta(hours=24)
"""How long after its owner's own change of password a login is in nobody else's hands."""

History = Mapping[str, Sequence[AccountAct]]
"""What was done to each login (id), oldest first."""


class LoginNotIndependent(Refused):
    """The second login may be in the hands of whoever has the first, or is not a person's own."""

    code = "login_not_independent"
    sentence = "{why}；也可以请另一位工作人员来。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Hold:
    """An act that leaves a login (id) in the hands of who did it.

    Attributes:
        ends_at: when it ends; None until the owner changes the password, or the token is revoked.
    """

    login: str
    act: AccountAct
    ends_at: datetime | None


def holds(history: History, login: str, at: datetime) -> Iterator[Hold]:
    """Yield what leaves a login in other hands than its owner's at a moment, oldest first.

    Example:
        >>> from datetime import UTC
        >>> noon = datetime(2026, 9, 1, 4, tzinfo=UTC)
        >>> made = AccountAct("made", "sun", noon)
        >>> own = AccountAct("own_password", "chen", noon + timedelta(hours=1))
        >>> [hold.act.by for hold in holds({"chen": [made, own]}, "chen", noon + timedelta(hours=24))]
        ['sun']
        >>> [hold.act.by for hold in holds({"chen": [made, own]}, "chen", noon + timedelta(hours=25))]
        []
    """
    for hold in every_hold(history, login):
        if hold.ends_at is None or at < hold.ends_at:
            yield hold


def every_hold(history: History, login: str) -> Iterator[Hold]:
    """Yield what ever left a login in other hands than its owner's, oldest first, over or not."""
    acts = history.get(login, ())
    for position, act in enumerate(acts):
        if act.by == login:
            continue
        changed = [later.at for later in acts[position + 1 :] if later.kind == OWN_PASSWORD]
        ends_at = max(changed[0], act.at) + WAIT if changed and act.kind != TOKEN_MADE else None
        yield Hold(login, act, ends_at)


def hands(
    history: History, login: str, at: datetime, seen: frozenset[tuple[str, datetime]] = frozenset()
) -> frozenset[str]:
    """Return everybody (ids) who may be behind a login at a moment, its owner first of all.

    Whoever had the maker in hand when the login was made has it too. A hold that began later counts as one
    that was there already: it refuses too much for a day rather than too little.
    """
    if (login, at) in seen:
        return frozenset()
    seen |= {(login, at)}
    through = (hands(history, hold.act.by, hold.act.at, seen) for hold in holds(history, login, at))
    return frozenset({login}).union(*through)


def joining(history: History, first: str, second: str, at: datetime) -> Hold | None:
    """Return the act by which one person may be behind both logins (ids); None if they are two people's."""
    for login, other in ((second, first), (first, second)):
        found = reached(history, login, hands(history, other, at), at)
        if found is not None:
            return found
    return None


def reached(history: History, login: str, others: frozenset[str], at: datetime) -> Hold | None:
    """Return the act by which one of the others (ids) may be behind a login at a moment; None if none may."""
    for hold in holds(history, login, at):
        reach = hands(history, hold.act.by, hold.act.at)
        if ANYBODY in reach or reach & others:
            return hold
    return None


def check(
    session: Session,
    *,
    first: str,
    second: str,
    at: datetime,
    begun_at: datetime | None = None,
    begun_by: datetime | None = None,
) -> None:
    """Raise unless the second person (id) is surely another than the first (id).

    Args:
        begun_at: when the first one did the first part; what a login did while the second person had it in
            hand stays that person's, however long ago it was given back. None where both act now.
        begun_by: the end of the stretch that began at `begun_at`, where the moment itself was not kept, or
            the first part was done several times; the login must have been in no such hand in all of it.

    Raises:
        LoginNotIndependent: both are one; the second has no login; or a login may be in the other's hands.

    Example:
        staff.independence.check(session, first=chen.id, second=li.id, at=now)
    """
    names = directory.names(session, ids=[first, second])
    if second not in names:
        raise LoginNotIndependent(why="第二个人要用自己的账号登录确认")
    if first == second:
        raise LoginNotIndependent(why=f"第二个人不能还是{names[second]}，请换一位来确认")
    now = acts_upon(session, [first, second])
    if begun_at is not None:
        until = begun_by or begun_at
        then = acts_upon(session, [first, second], until=until, gone_since=begun_at)
        others = hands(now, second, at) | hands(then, second, begun_at)
        begun = reached(then, first, others, begun_at)
        if begun is not None:
            raise LoginNotIndependent(why=_begun_in_words(session, begun))
    found = joining(now, first, second, at)
    if found is not None:
        raise LoginNotIndependent(why=_in_words(session, found))


def check_own(session: Session, *, who: str, at: datetime) -> None:
    """Raise unless a login (id) is in nobody's hands but its owner's: for who controls by the role alone.

    Raises:
        LoginNotIndependent: somebody else may be behind it, or it is nobody's login.

    Example:
        staff.independence.check_own(session, who=zhao.id, at=now)
    """
    if who not in directory.names(session, ids=[who]):
        raise LoginNotIndependent(why="这件事要由本人用自己的账号办理")
    found = next(holds(acts_upon(session, [who]), who, at), None)
    if found is not None:
        raise LoginNotIndependent(why=_in_words(session, found))


def in_other_hands(session: Session, *, village: str, at: datetime) -> list[str]:
    """Return a sentence for each login with a role in a village that somebody else has in hand.

    Shown to all who work there: who never met the clerk that an admin made up has a day to say so.

    Example:
        staff.independence.in_other_hands(session, village="cy", at=now)
    """
    here = directory.everyone(session, village=village)
    logins = [one.staff.id for one in here if not one.staff.disabled]
    history = acts_upon(session, logins)
    latest = [list(holds(history, login, at))[-1:] for login in logins]
    return [f"{_in_words(session, hold)}。" for found in latest for hold in found]


def _in_words(session: Session, hold: Hold) -> str:
    """Return why a login is no second yet, and what its owner does next."""
    owner, done = _what_was_done(session, hold)
    if hold.ends_at is not None:
        return f"{done}，{owner}改密码后要满24小时，请在{moment_in_words(hold.ends_at)}之后再来"
    if hold.act.kind == TOKEN_MADE:
        return f"{done}，请先作废这个令牌"
    return f"{done}，请{owner}自己登录改一次密码，满24小时再来"


def _begun_in_words(session: Session, hold: Hold) -> str:
    """Return why what a login began does not count, and what its owner does next."""
    owner, done = _what_was_done(session, hold)
    if hold.act.kind == TOKEN_MADE:
        return f"{done}，这件事是令牌作废以前开始的，请{owner}重新办"
    return f"{done}，这件事是{owner}改密码满24小时以前开始的，请{owner}改密码、满24小时以后重新办"


def _what_was_done(session: Session, hold: Hold) -> tuple[str, str]:
    """Return the owner's name, and who did what to the login when."""
    names = directory.names(session, ids=[hold.login, hold.act.by])
    owner = names.get(hold.login, hold.login)
    if hold.act.kind == MADE_UNTOLD:
        return owner, f"{owner}的账号由谁新建，数据库里查不到了"
    done = f"{owner}的账号{moment_in_words(hold.act.at)}由{names.get(hold.act.by, '服务器上的操作员')}"
    return owner, done + ACCOUNT_ACT.name(hold.act.kind)
