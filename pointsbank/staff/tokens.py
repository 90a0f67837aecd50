"""API tokens: a program acts as one person, with that person's present roles, until the token ends.

The token itself is shown once, when it is made; lists show its name, its end, when it was last used, and an
id by which it is revoked.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank import database
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.staff import accounts, directory, events
from pointsbank.staff.account_acts import TOKEN_MADE, note_act
from pointsbank.staff.digests import digest
from pointsbank.staff.models import ApiTokenRow, StaffRow
from pointsbank.text import TextInvalid, clean_required

DAYS = 180
"""Two seasons: long enough that nobody renews it weekly, short enough that a forgotten one dies."""
MAXIMUM_DAYS = 366
MAXIMUM_TOKENS = 20
"""For each person; ended ones do not count."""


class TokenNameInvalid(Invalid):
    """A token has no name, or one longer than 40 characters."""

    code = "token_name_invalid"
    sentence = "请给令牌取1至40个字的名称，写明给哪个程序用。"
    fixed_by = "本人"
    at = ("name",)


class TokenDaysInvalid(Invalid):
    """A token is to last for no time, or too long."""

    code = "token_days_invalid"
    sentence = "有效天数请填1至{maximum}之间的整数。"
    fixed_by = "本人"
    at = ("days",)


class TooManyTokens(Refused):
    """The person has as many tokens as anybody may have."""

    code = "too_many_tokens"
    sentence = "已经有{maximum}个访问令牌，请先作废不用的。"
    fixed_by = "本人"


class TokenUnknown(NotFound):
    """The person has no token with this id."""

    code = "token_unknown"
    sentence = "没有这个访问令牌，可能已经作废，请刷新列表。"
    fixed_by = "本人"


@dataclass(frozen=True)
class ApiToken:
    """A token as lists show it; `used_at` is at most an hour old while it is in use, None if never used."""

    id: str
    login: str
    name: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None


def make_token(
    session: Session, *, login: str, by: str, at: datetime, name: str = "程序", days: int = DAYS
) -> str:
    """Make an API token for the person with this login; return it, since only its digest is kept.

    Args:
        name: which program it is for, 1 to 40 characters.
        days: until it ends, 1 to 366.

    Raises:
        StaffUnknown: there is no such person.
        TokenNameInvalid, TokenDaysInvalid: out of these bounds.
        TooManyTokens: the person has 20 that have not ended.

    Example:
        staff.make_token(session, login="chen", name="收银程序", by="operator", at=now)  # "pb_..."
    """
    staff = directory.by_login(session, login=login)
    try:
        name = clean_required(name, maximum=40)
    except TextInvalid as error:
        raise TokenNameInvalid() from error
    if not 1 <= days <= MAXIMUM_DAYS:
        raise TokenDaysInvalid(maximum=MAXIMUM_DAYS)
    mine = col(ApiTokenRow.staff_id) == staff.id
    database.execute(session, delete(ApiTokenRow).where(mine, col(ApiTokenRow.ends_at) <= at))
    if len(api_tokens(session, login=login)) >= MAXIMUM_TOKENS:
        raise TooManyTokens(maximum=MAXIMUM_TOKENS)
    token = "pb_" + secrets.token_urlsafe(32)
    session.add(
        ApiTokenRow(
            digest=digest(token),
            id=database.new_id(session),
            staff_id=staff.id,
            name=name,
            made_at=at,
            made_by=by,
            ends_at=at + timedelta(days=days),
        )
    )
    session.flush()
    if by != staff.id:
        note_act(session, staff=staff.id, kind=TOKEN_MADE, by=by, at=at)
    events.note(session, "token_made", staff=staff.id, by=by, at=at, detail=name)
    return token


def api_tokens(session: Session, *, login: str | None = None) -> list[ApiToken]:
    """Return the tokens of the person with this login, or everybody's, by login and newest first.

    Example:
        [one.name for one in staff.api_tokens(session, login="chen")]  # ["收银程序"]
    """
    query = select(ApiTokenRow, StaffRow).join(StaffRow, col(StaffRow.id) == col(ApiTokenRow.staff_id))
    if login is not None:
        query = query.where(StaffRow.login == login)
    found = session.exec(query.order_by(col(StaffRow.login), col(ApiTokenRow.made_at).desc()))
    return [
        ApiToken(one.id, person.login, one.name, one.made_at, one.ends_at, one.seen_at)
        for one, person in found
    ]


def revoke_token(session: Session, *, login: str, token: str, by: str, at: datetime) -> str:
    """Delete one token (by its id) of the person with this login; return its name.

    Raises:
        StaffUnknown: there is no such person.
        TokenUnknown: the person has no such token.

    Example:
        staff.revoke_token(session, login="chen", token=listed.id, by=chen.id, at=now)  # "收银程序"
    """
    staff = directory.by_login(session, login=login)
    row = session.exec(select(ApiTokenRow).where(ApiTokenRow.id == token)).first()
    if row is None or row.staff_id != staff.id:
        raise TokenUnknown()
    name = row.name
    session.delete(row)
    session.flush()
    events.note(session, "token_revoked", staff=staff.id, by=by, at=at, detail=name)
    return name


def revoke_tokens(session: Session, *, login: str | None, by: str, at: datetime) -> int:
    """Delete all tokens of the person with this login, or everybody's for None; return how many there were.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.revoke_tokens(session, login="chen", by="operator", at=now)  # 2
    """
    if login is not None:
        directory.by_login(session, login=login)
    having = dict.fromkeys(one.login for one in api_tokens(session, login=login))
    count = 0
    for each in having:
        person = directory.by_login(session, login=each).id
        gone = accounts.revoke_tokens_of(session, staff=person)
        events.note(session, "token_revoked", staff=person, by=by, at=at, detail=f"全部{gone}个")
        count += gone
    return count
