"""What one kind of act declares that needs a second person, and the request as others see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from pointsbank.ledger import Names
from pointsbank.staff import Permission, Role


@dataclass(frozen=True, slots=True)
class Approval:
    """An act that somebody requested, and how it stands.

    Attributes:
        subject: id of whom it is about, `*` for many at once, or the name of what it is about; one request of
            a kind waits for each.
        status: waiting, confirmed, declined, withdrawn or expired; as stored, see `standing`.
        reason: why it was declined.
    """

    id: str
    village: str
    kind: str
    subject: str
    terms: Mapping[str, Any]
    requested_by: str
    requested_at: datetime
    requested_index: int
    expires_at: datetime
    status: str
    ended_by: str | None = None
    ended_at: datetime | None = None
    on_screen: bool = False
    reason: str = ""

    def standing(self, at: datetime) -> str:
        """Return the status at a moment: a request that nobody answered in time has expired."""
        return "expired" if self.status == "waiting" and at >= self.expires_at else self.status


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the page says before somebody confirms: whom it is about, and what will happen, one a sentence.

    `lines` is what happens to each of many, for the page of the request alone.
    """

    subject: str
    happens: tuple[str, ...]
    lines: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Sixteen hexadecimal digits that tell what was read from anything else.

        Example:
            >>> Outlook("王建国", ("现有46积分，全部清零。",)).mark
            'bb6bb51938c49ef3'
        """
        read = "\n".join((self.subject, *self.happens, *self.lines))
        return sha256(read.encode()).hexdigest()[:16]


Describe = Callable[[Session, Approval], Outlook]
Act = Callable[[Session, Approval, str, datetime], str]
Drop = Callable[[Session, Approval], None]
Title = Callable[[str, Names], str]

MANY = "*"
"""Stands for whom a list of several households is about."""


def _nothing(session: Session, approval: Approval) -> None:
    """Leave everything as it is."""


def _household(subject: str, names: Names) -> str:
    """Return the name of the household that a request is about."""
    return "多户" if subject == MANY else names(subject)


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """A kind of act that one person requests and another confirms.

    Args:
        code: stands in the table and in the log; never changed.
        label: the Chinese name of the act, as in 申请“…”.
        requested_with: the permission that whoever requests it needs, then and at the confirmation.
        controlled, controls: who could do harm by the act, and who keeps it honest.
        seconds: roles of those who may confirm; what else is needed of them: `rules.may_second`.
        among_committee: one of the committee may second another one's request.
        describe: says what will happen; reads only.
        act: does it, in the transaction of the confirmation, as the requester and the second person (id);
            checks everything anew and returns the sentence that tells what was done.
        drop: forgets what was kept for the act, once it will not be done.
        may_be_undone: what it did can be undone by a request of its own, which its outlook says; else never.
        in_bulk: may be ticked in a list and confirmed with others of its sort; else each on its own page.
        title: names in the log what a request is about, by its `subject`.
    """

    code: str
    label: str
    controlled: str
    controls: str
    requested_with: Permission
    seconds: frozenset[Role]
    describe: Describe
    act: Act
    among_committee: bool = False
    drop: Drop = _nothing
    may_be_undone: bool = False
    in_bulk: bool = False
    title: Title = _household
