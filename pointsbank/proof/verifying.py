"""Verifying: the ledger against itself, the anchors against the ledger, and paper against the anchors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pointsbank import attachments, ledger, market, scoring, staff, villages
from pointsbank.database import Database
from pointsbank.dates import month_in_words
from pointsbank.ledger import Audit, Finding
from pointsbank.proof.anchors import (
    anchor_content,
    anchor_digest,
    anchors,
    anchors_as_stored,
    digits_of,
    typed_digits,
)
from pointsbank.proof.public_export import header_line
from pointsbank.raw_rows import unreadable


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying found: nothing, if all is well; and the month the given digits belong to.

    `older` counts rows by table that are older than their witness: an edit of before is not found.
    """

    size: int
    root: bytes
    findings: tuple[Finding, ...]
    anchors: int
    month: str | None
    older: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """True if nothing contradicts anything."""
        return not self.findings


def verify(database: Database, *, village: str, digits: str | None = None) -> Report:
    """Check the whole ledger, every anchor, and the digits from a poster where they are given.

    Digits that belong to no month are a finding.

    Raises:
        DigitsInvalid: `digits` are not 30.
        VillageUnknown: there is no such village.

    Example:
        proof.verify(database, village="cy").holds is True
    """
    wanted = typed_digits(digits) if digits is not None else None
    with database.reading() as session:
        villages.get(session, village)
        sealed = anchors_as_stored(session, village=village)
        closed = {row.month for row in villages.closed_months_as_stored(session, village=village)}
    readable = sorted((one for one in sealed if not unreadable(one)), key=lambda one: int(one.log_index))
    verifiers = (scoring.verifier, market.verifier, staff.verifier)
    seals = {one.log_index for one in readable}
    state = ledger.audit(database, village=village, verifiers=verifiers, seals=seals)
    for one in sealed:
        if unreadable(one):
            state.find(None, f"存证码的 {'、'.join(unreadable(one))} 无法读取")
    _check_anchors(state, readable, closed)
    for finding in attachments.faults(database, village=village):
        state.note(finding)
    month = next((one.month for one in readable if digits_of(one.digest) == wanted), None)
    if wanted is not None and month is None:
        state.find(None, "海报上的存证码与账本中任何一个月都对不上：账本在海报印出之后被改过，或数字抄错")
    return Report(
        size=state.walk.size,
        root=state.walk.frontier.root,
        findings=tuple(state.findings),
        anchors=len(readable),
        month=month,
        older=dict(state.rows.older + state.rows.unwitnessed),
    )


def _in_words(month: str) -> str:
    """Return a month as people say it, or as it is stored."""
    try:
        return month_in_words(month)
    except ValueError:
        return month


def _check_anchors(state: Audit, sealed: Sequence[Any], closed: set[str]) -> None:
    """Check each anchor against the leaves it seals, the amounts moved since the one before, the chain."""
    if {one.month for one in sealed} != closed:
        state.find(None, "已月结的月份与存证码不对应")
    previous, before = None, -1
    for one in sealed:
        name, covered = _in_words(one.month), state.walk.sealed.get(one.log_index)
        if covered is None or one.log_index == before:
            state.find(one.log_index, f"{name}的存证码盖住的记录不全")
            return
        try:
            content = anchor_content(
                village=state.village,
                month=one.month,
                prev=previous,
                root=covered.frontier.root,
                size=covered.frontier.size,
                totals=covered.totals,
            )
        except ValueError:  # amounts no honest month adds up to
            content = b""
        if content != one.content or anchor_digest(one.content) != one.digest:
            state.find(one.log_index, f"{name}的存证码与日志不符")
        if one.made_at != covered.moment:
            state.find(one.log_index, f"{name}的存证码的时间与日志不符")
        previous, before = one.digest, one.log_index


def export_lines(database: Database, *, village: str) -> list[bytes]:
    """Return the village's log for anybody: a header, each entry's hashed public bytes, each anchor's.

    Holds no names and no reasons. One line each, exactly as it was hashed.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        proof.export_lines(database, village="cy")[0].startswith(b'{"format"')
    """
    with database.reading() as session:
        head = ledger.tree_head(session, village=village)
        sealed = anchors(session, village=village)
    lines = [header_line(village=village, size=head.size, root=head.root)]
    lines += ledger.public_entries(database, village=village, size=head.size)
    lines += [one.content for one in sealed]
    return lines
