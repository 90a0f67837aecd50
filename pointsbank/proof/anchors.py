"""Anchors: the digest printed on a closed month's poster, and its thirty digits for the eye."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank.database import table_of
from pointsbank.errors import Invalid, NotFound
from pointsbank.ledger import canonical
from pointsbank.proof.models import AnchorRow
from pointsbank.raw_rows import raw_rows

_ANCHOR = table_of(AnchorRow)

_PREFIX = b"pointsbank-anchor-v1\n"
_DIGITS = 30


class AnchorUnknown(NotFound):
    """The month has no anchor: it is not closed."""

    code = "anchor_unknown"
    sentence = "{month} 还没有结账，没有存证码；请先结账再印海报。"
    fixed_by = "村委"


class DigitsInvalid(Invalid):
    """What was typed from the poster is not thirty digits."""

    code = "digits_invalid"
    sentence = "存证码应为 30 位数字（海报上六组、每组五位），请照海报重新输入。"


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
    """SHA-256 over the versioned prefix and the canonical bytes."""
    return hashlib.sha256(_PREFIX + content).digest()


def digits_of(digest: bytes) -> str:
    """The digest as a number modulo 10^30, zero-padded."""
    return f"{int.from_bytes(digest, 'big') % 10**_DIGITS:0{_DIGITS}d}"


def typed_digits(text: str) -> str:
    """Thirty digits as somebody typed them, with or without spaces; raises DigitsInvalid."""
    plain = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(rf"[0-9]{{{_DIGITS}}}", plain):
        raise DigitsInvalid()
    return plain


def anchors(session: Session, *, village: str) -> list[Anchor]:
    """The village's anchors, oldest month first."""
    query = select(AnchorRow).where(AnchorRow.village_id == village).order_by(col(AnchorRow.log_index))
    return [_view(row) for row in session.exec(query)]


def anchors_as_stored(session: Session, *, village: str) -> list[Any]:
    """The rows of the anchors as they stand, for whoever checks them."""
    return raw_rows(session, _ANCHOR, _ANCHOR.c.village_id == village)


def anchor(session: Session, *, village: str, month: str) -> Anchor:
    """The anchor of one closed month; raises AnchorUnknown."""
    row = session.get(AnchorRow, (village, month))
    if row is None:
        raise AnchorUnknown(month=month)
    return _view(row)


def _view(row: AnchorRow) -> Anchor:
    """The anchor as others see it."""
    return Anchor(row.month, row.log_index, bytes(row.digest), bytes(row.content), row.made_at)
