"""What a change of password ends beside sessions: ways in that another may have made and still holds.

Whoever chose a password may sign in with it, and as the owner make a token or enrol a telephone. The owner's
own change would leave him these, and they ask for no password. So they go with the one they were made by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, false, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, and_, col, func, select

from pointsbank.database import execute
from pointsbank.staff import events, second_factor
from pointsbank.staff.account_acts import ROLE_GIVEN, TOKEN_MADE, acts_upon
from pointsbank.staff.independence import every_hold
from pointsbank.staff.models import ApiTokenRow, RecoveryCodeRow, SecondFactorRow

_WHY = "别人经手账号时设置"

_Stretch = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """What a change of password ended, and how many API tokens go on without the password.

    Attributes:
        factor_ended: the second factor and recovery codes were taken off.
        codes_ended: recovery codes that went without it, 0 to 10.
    """

    tokens_ended: int = 0
    factor_ended: bool = False
    codes_ended: int = 0
    tokens_left: int = 0

    def in_words(self) -> str:
        """Return what the owner hears after an own change.

        >>> PasswordChanged().in_words()
        '现在没有访问令牌。'
        >>> PasswordChanged(tokens_ended=2, tokens_left=1).in_words()
        '别人经手账号时生成的2个访问令牌已作废。还有1个访问令牌不用密码就能用，不认识的请作废。'
        """
        sentences = []
        if self.tokens_ended:
            sentences.append(f"别人经手账号时生成的{self.tokens_ended}个访问令牌已作废。")
        if self.factor_ended:
            sentences.append("那时设置的动态码和恢复码已取消，请重新设置。")
        elif self.codes_ended:
            sentences.append("那时打印的恢复码已作废，请重新打印。")
        left = f"还有{self.tokens_left}个访问令牌不用密码就能用，不认识的请作废。"
        return "".join([*sentences, left if self.tokens_left else "现在没有访问令牌。"])


def end_factor(session: Session, *, staff: str, by: str, at: datetime, why: str) -> bool:
    """Take a second factor off with its recovery codes, also one not confirmed yet; return if it counted."""
    counted = second_factor.has_second_factor(session, person=staff)
    if counted:
        second_factor.take_off_second_factor(session, person=staff, by=by, at=at, why=why)
    else:
        second_factor.forget_second_factor(session, person=staff)
    return counted


def end_what_others_made(session: Session, *, staff: str, at: datetime) -> PasswordChanged:
    """End what was made as the owner (id) in a stretch in which somebody else had the login in hand.

    A token that another made under his own name stays: the home page names it, and it keeps the login in his
    hands until it is revoked. Who gives a role cannot sign in by that, so it ends nothing here.

    Call it before the owner's new password is noted; returns what ended and what is left.
    """
    holds = every_hold(acts_upon(session, [staff]), staff)
    handed = [hold for hold in holds if hold.act.kind not in (TOKEN_MADE, ROLE_GIVEN)]
    stretches = [(hold.act.at, hold.ends_at) for hold in handed]
    tokens = _end_tokens(session, staff, stretches, at)
    found = session.get(SecondFactorRow, staff)
    factor = found is not None and any(_lies_in(found.made_at, one) for one in stretches)
    if factor:
        factor = end_factor(session, staff=staff, by=staff, at=at, why=_WHY)
    theirs = col(RecoveryCodeRow.staff_id) == staff
    made = and_(theirs, _made_in(col(RecoveryCodeRow.made_at), stretches))
    codes = execute(session, delete(RecoveryCodeRow).where(made)).rowcount
    going_on = and_(col(ApiTokenRow.staff_id) == staff, col(ApiTokenRow.ends_at) > at)
    left = session.exec(select(func.count()).select_from(ApiTokenRow).where(going_on)).one()
    return PasswordChanged(tokens, factor, codes, left)


def _end_tokens(session: Session, staff: str, stretches: Sequence[_Stretch], at: datetime) -> int:
    """Delete the tokens that were made in the owner's name in these stretches; return how many."""
    own = and_(col(ApiTokenRow.staff_id) == staff, col(ApiTokenRow.made_by) == staff)
    made = and_(own, _made_in(col(ApiTokenRow.made_at), stretches))
    count = execute(session, delete(ApiTokenRow).where(made)).rowcount
    if count:
        events.note(session, "token_revoked", staff=staff, by=staff, at=at, detail=f"{_WHY}的{count}个")
    return count


def _lies_in(made: datetime, stretch: _Stretch) -> bool:
    """Return whether a moment lies in a stretch; one without an end goes on."""
    start, end = stretch
    return start <= made and (end is None or made < end)


def _made_in(made: Mapped[datetime], stretches: Sequence[_Stretch]) -> ColumnElement[bool]:
    """Return SQL for: made in one of these stretches."""
    within = [made >= start if end is None else and_(made >= start, made < end) for start, end in stretches]
    return or_(false(), *within)
