"""Anchors: the digest printed on a closed month's poster, and its thirty digits for the eye.

An anchor's content is one line of canonical JSON: village, month, size and root of the log up to the month's
closing, the totals moved since the anchor before, and that anchor's digest (`prev`). So each poster seals the
whole log before it and all posters before it: to change an old entry, every later poster would have to be
printed again. The digest is SHA-256 over a versioned prefix and the content.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarResult
from sqlmodel import Session, col, select

from pointsbank.database import table_of
from pointsbank.dates import parse_month
from pointsbank.errors import Invalid, NotFound, Problem, Refused
from pointsbank.ledger import canonical
from pointsbank.proof.models import AnchorRow
from pointsbank.raw_rows import raw_rows

_ANCHOR = table_of(AnchorRow)

_PREFIX = b"pointsbank-anchor-v1\n"
_DIGITS = 30


class AnchorUnknown(NotFound):
    """The month has no anchor: it is not closed."""

    code = "anchor_unknown"
    sentence = "{month}还没有月结，没有存证码；请先月结再印海报。"
    fixed_by = "村委"


class AnchorDamaged(Refused):
    """A stored anchor is none: somebody wrote into the database."""

    code = "anchor_damaged"
    sentence = "{month}的存证被人动过，读不出来：请拿着海报去找村务监督委员会，并请管理员从备份恢复。"
    fixed_by = "管理员"


class DigitsInvalid(Invalid):
    """What was typed from the poster is not thirty digits."""

    code = "digits_invalid"
    sentence = "存证码应为30位数字（海报上六组、每组五位），请照海报重新输入。"
    at = ("typed",)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A closed month's seal: tree size and root, the month before's seal, and the totals between them."""

    month: str
    log_index: int
    digest: bytes
    content: bytes
    made_at: datetime

    @property
    def fields(self) -> dict[str, Any]:
        """What was hashed: month, prev, root, size, totals, vil."""
        return dict(json.loads(self.content))

    @property
    def digits(self) -> str:
        """Thirty decimal digits: the digest as a number modulo 10^30, in six groups of five."""
        plain = digits_of(self.digest)
        return " ".join(plain[start : start + 5] for start in range(0, _DIGITS, 5))

    @property
    def code(self) -> str:
        """What the poster's QR says: the whole digest and what it stands for."""
        fields = self.fields
        return f"pointsbank-anchor-v1:{fields['vil']}:{self.month}:{fields['size']}:{self.digest.hex()}"


def anchor_content(
    *, village: str, month: str, prev: bytes | None, root: bytes, size: int, totals: dict[str, dict[str, int]]
) -> bytes:
    """Return the canonical bytes of an anchor, which its digest is made of."""
    return canonical(
        {
            "month": month,
            "prev": prev.hex() if prev else None,
            "root": root.hex(),
            "size": size,
            "totals": totals,
            "vil": village,
        }
    )


def anchor_digest(content: bytes) -> bytes:
    """Return SHA-256 over the versioned prefix and the canonical bytes.

    Example:
        >>> anchor_digest(b"{}") == hashlib.sha256(b"pointsbank-anchor-v1" + bytes([10]) + b"{}").digest()
        True
    """
    return hashlib.sha256(_PREFIX + content).digest()


def digits_of(digest: bytes) -> str:
    """Return the digest as a number modulo 10^30, in 30 digits.

    Example:
        >>> digits_of(bytes(31) + bytes([7]))
        '000000000000000000000000000007'
    """
    return f"{int.from_bytes(digest, 'big') % 10**_DIGITS:0{_DIGITS}d}"


def typed_digits(text: str) -> str:
    """Return the 30 digits that were typed, without spaces and hyphens; raises DigitsInvalid.

    Example:
        >>> typed_digits("12345 12345 12345 12345 12345 12345")
        '123451234512345123451234512345'
    """
    plain = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(rf"[0-9]{{{_DIGITS}}}", plain):
        raise DigitsInvalid()
    return plain


def anchors(session: Session, *, village: str) -> list[Anchor]:
    """Return the village's anchors, oldest month first.

    Example:
        proof.anchors(session, village="cy")[-1].month == "2026-10"
    """
    return [_view(row) for row in _rows(session, village)]


def legible_anchors(session: Session, *, village: str) -> tuple[list[Anchor], list[AnchorDamaged]]:
    """Return the anchors that can be read, oldest month first, and what is said of those that cannot.

    Example:
        proof.legible_anchors(session, village="cy")[1]  # []
    """
    legible, damaged = list[Anchor](), list[AnchorDamaged]()
    for row in _rows(session, village):
        try:
            legible.append(_view(row))
        except AnchorDamaged as problem:
            damaged.append(problem)
    return legible, damaged


def _rows(session: Session, village: str) -> ScalarResult[AnchorRow]:
    """Return the rows of a village's anchors, oldest first."""
    return session.exec(
        select(AnchorRow).where(AnchorRow.village_id == village).order_by(col(AnchorRow.log_index))
    )


def anchors_as_stored(session: Session, *, village: str) -> list[Any]:
    """Return the stored rows of the anchors, for verifying."""
    return raw_rows(session, _ANCHOR, _ANCHOR.c.village_id == village)


def anchor(session: Session, *, village: str, month: str) -> Anchor:
    """Return the anchor of one closed month; raises AnchorUnknown.

    Example:
        proof.anchor(session, village="cy", month="2026-10").digits == "48210 00317 …"
    """
    row = session.get(AnchorRow, (village, month))
    if row is None:
        raise AnchorUnknown(month=month)
    return _view(row)


def _view(row: AnchorRow) -> Anchor:
    """Return the anchor of a row."""
    view = Anchor(row.month, row.log_index, bytes(row.digest), _bytes(row.content), row.made_at)
    _Whole(view)
    return view


def _bytes(content: object) -> bytes:
    """Return what was stored as bytes; nothing where it is none."""
    return content if isinstance(content, bytes) else b""


class _Whole:
    """An anchor of which every page can read what it needs: what only whoever writes SQL could break."""

    def __init__(self, view: Anchor) -> None:
        if not self._is(view):
            raise AnchorDamaged(month=str(view.month)[:16])

    @staticmethod
    def _is(view: Anchor) -> bool:
        """Return whether the content is what `anchor_content` makes, of a month that is one."""
        try:
            fields = view.fields
            parse_month(view.month)
            return (
                canonical(fields) == view.content
                and fields.keys() == {"month", "prev", "root", "size", "totals", "vil"}
                and type(fields["size"]) is int
                and fields["size"] >= 0
                and len(bytes.fromhex(fields["root"])) == len(view.digest) == 32
                and all(type(one) is int for kind in fields["totals"].values() for one in kind.values())
                and isinstance(fields["vil"], str)
            )
        except (ValueError, TypeError, AttributeError, RecursionError, Problem):
            return False
