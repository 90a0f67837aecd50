"""Verifying: the ledger against itself, the anchors against the ledger, and paper against the anchors."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pointsbank import ledger, market, publicity, scoring, villages
from pointsbank.database import Database
from pointsbank.dates import month_in_words
from pointsbank.ledger import Audit, Finding
from pointsbank.merkle import Frontier
from pointsbank.proof import month_verifier
from pointsbank.proof.anchors import (
    anchor_content,
    anchor_digest,
    anchors,
    anchors_as_stored,
    digits_of,
    typed_digits,
)
from pointsbank.raw_rows import unreadable


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying found: nothing, if all is well; and the month the given digits belong to."""

    size: int
    root: bytes
    findings: tuple[Finding, ...]
    anchors: int
    month: str | None

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
        scores = scoring.ScoreVerifier(publicity.struck_out(session, village=village))
    state = ledger.audit(database, village=village, verifiers=(scores, market.verifier, month_verifier))
    sealed = list(_readable(state, sealed))
    _check_anchors(state, sealed, closed)
    month = next((one.month for one in sealed if digits_of(one.digest) == wanted), None)
    if wanted is not None and month is None:
        state.find(None, "海报上的存证码与账本中任何一个月都对不上：账本在海报印出之后被改过，或数字抄错")
    root = Frontier().extend(state.leaves).root
    return Report(len(state.leaves), root, tuple(state.findings), len(sealed), month)


def _readable(state: Audit, stored: Sequence[Any]) -> Iterator[Any]:
    """Yield the anchors that can be read, in the order of the log; the others are findings."""
    for row in stored:
        if unreadable(row):
            state.find(None, f"存证码的 {'、'.join(unreadable(row))} 无法读取")
    yield from sorted((row for row in stored if not unreadable(row)), key=lambda row: int(row.log_index))


def _in_words(month: str) -> str:
    """Return a month as people say it, or as it is stored."""
    try:
        return month_in_words(month)
    except ValueError:
        return month


def _check_anchors(state: Audit, sealed: Sequence[Any], closed: set[str]) -> None:
    """Check each anchor against the leaves it seals, the amounts moved since the one before, the chain."""
    if {one.month for one in sealed} != closed:
        state.find(None, "已结账的月份与存证码不对应")
    frontier, previous = Frontier(), None
    for one in sealed:
        start, end = frontier.size, one.log_index + 1
        name = _in_words(one.month)
        if end > len(state.leaves) or end <= start:
            state.find(one.log_index, f"{name}的存证码盖住的记录不全")
            return
        frontier = frontier.extend(state.leaves[start:end])
        try:
            content = anchor_content(
                village=state.village,
                month=one.month,
                prev=previous,
                root=frontier.root,
                size=end,
                totals=_totals(state, start, end),
            )
        except ValueError:  # amounts no honest month adds up to
            content = b""
        if content != one.content or anchor_digest(one.content) != one.digest:
            state.find(one.log_index, f"{name}的存证码与日志不符")
        if one.made_at != state.moments[one.log_index]:
            state.find(one.log_index, f"{name}的存证码的时间与日志不符")
        previous = one.digest


def _totals(state: Audit, start: int, end: int) -> dict[str, dict[str, int]]:
    """Return what the entries' public parts say was moved, in hundredths of a point by kind and unit."""
    totals: dict[str, dict[str, int]] = {}
    for kind, amounts in state.moved[start:end]:
        for unit, amount in amounts:
            of_kind = totals.setdefault(kind, {})
            of_kind[unit] = of_kind.get(unit, 0) + amount
    return totals


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
    header = {"format": "pointsbank-export-v1", "vil": village, "size": head.size, "root": head.root.hex()}
    lines = [json.dumps(header, sort_keys=True).encode()]
    lines += ledger.public_entries(database, village=village, size=head.size)
    lines += [one.content for one in sealed]
    return lines
