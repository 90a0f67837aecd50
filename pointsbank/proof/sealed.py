"""What closed months prove to anybody: checkpoints at their anchors, and proofs that lead to them.

Only sizes that a poster carries are signed: what hangs on the wall and what foreign tools hold is one thing,
and nobody learns from a checkpoint how busy the village was today.
"""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.errors import NotFound
from pointsbank.proof.anchors import Anchor, AnchorUnknown, anchors
from pointsbank.proof.signed_notes import checkpoint, consistency_text, inclusion_text
from pointsbank.proof.signing_keys import SigningKey, signer_for, signing_keys


class NothingSealed(NotFound):
    """No month is closed yet."""

    code = "nothing_sealed"
    sentence = "还没有月结过，没有可以核对的存证；第一次月结以后再来。"
    fixed_by = "村委"


class EntryNotSealed(NotFound):
    """No closed month covers an entry of this number."""

    code = "entry_not_sealed"
    sentence = "最近一次月结盖住了{size}条（第0条至第{last}条），没有这一条；新的要等下一次月结。"
    fixed_by = "本人"


class MonthsOutOfOrder(NotFound):
    """The second month is not later than the first."""

    code = "months_out_of_order"
    sentence = "要先写较早的月份、再写较晚的月份，请对调后再试。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class SealedText:
    """A checkpoint, or a proof that ends with one: its text, the anchor it leads to, the key that signed."""

    text: str
    anchor: Anchor
    key: SigningKey | None

    @property
    def signed(self) -> bool:
        """Whether the checkpoint carries our signature; it carries nobody else's."""
        return self.key is not None


def sealed_checkpoint(
    session: Session, *, village: str, origin: str, seed: bytes | None, month: str | None = None
) -> SealedText:
    """Return the checkpoint of a closed month, the last one where none is named.

    Args:
        origin: under which an unsigned one is given; a signed one has the origin that the log tells.
        seed: the installation's key; None where it has none.

    Raises:
        VillageUnknown: there is no such village.
        NothingSealed, AnchorUnknown: no month, or not this one, is closed.

    Example:
        proof.sealed_checkpoint(session, village="cy", origin="jf.example.cn/open/cy", seed=key).signed
    """
    return _to_anchor(session, _anchor(session, village, month), village=village, origin=origin, seed=seed)


def sealed_inclusion(
    session: Session,
    *,
    village: str,
    index: int,
    origin: str,
    seed: bytes | None,
    month: str | None = None,
    brief: bool = False,
) -> SealedText:
    """Return the proof that an entry stands under a closed month's anchor.

    Its extra data are the entry's public bytes and, in a second line, the anchor's content: so paper alone
    checks it.

    Args:
        origin, seed, month: as `sealed_checkpoint`.
        brief: without the anchor's content, for a code on a slip.

    Raises:
        EntryNotSealed: the month does not cover it.
        LogEntryUnknown: somebody removed it.
        NothingSealed, AnchorUnknown, VillageUnknown: as `sealed_checkpoint`.

    Example:
        proof.sealed_inclusion(session, village="cy", index=4, origin="jf.example.cn/open/cy", seed=None).text
    """
    sealed = _anchor(session, village, month)
    size = int(sealed.fields["size"])
    if not 0 <= index < size:
        raise EntryNotSealed(size=size, last=size - 1)
    found = _to_anchor(session, sealed, village=village, origin=origin, seed=seed)
    path = ledger.tiled_tree(session, village=village, size=size).inclusion_path(index)
    entry = ledger.entry_parts(session, village=village, index=index).public
    extra = entry if brief else entry + b"\n" + sealed.content
    return SealedText(inclusion_text(index, path, found.text, extra), sealed, found.key)


def sealed_consistency(
    session: Session, *, village: str, first: str, second: str, origin: str, seed: bytes | None
) -> SealedText:
    """Return the proof that the log of one closed month is the beginning of that of a later one.

    Args:
        first, second: months, YYYY-MM.
        origin, seed: as `sealed_checkpoint`.

    Raises:
        MonthsOutOfOrder: the second is not later.
        NothingSealed, AnchorUnknown, VillageUnknown: as `sealed_checkpoint`.

    Example:
        proof.sealed_consistency(session, village="cy", first="2026-09", second="2026-10", **signing).text
    """
    old, new = _anchor(session, village, first), _anchor(session, village, second)
    if old.log_index >= new.log_index:
        raise MonthsOutOfOrder()
    found = _to_anchor(session, new, village=village, origin=origin, seed=seed)
    size = int(old.fields["size"])
    tree = ledger.tiled_tree(session, village=village, size=int(new.fields["size"]))
    return SealedText(consistency_text(size, tree.consistency_path(size), found.text), new, found.key)


def _to_anchor(
    session: Session, sealed: Anchor, *, village: str, origin: str, seed: bytes | None
) -> SealedText:
    signer = signer_for(session, village=village, seed=seed)
    fields = sealed.fields
    text = checkpoint(
        signer.origin if signer else origin, int(fields["size"]), bytes.fromhex(fields["root"]), signer
    )
    return SealedText(text, sealed, signing_keys(session, village=village)[-1] if signer else None)


def _anchor(session: Session, village: str, month: str | None) -> Anchor:
    """Return a month's anchor, the last one where none is named."""
    every = anchors(session, village=village)
    if not every:
        raise NothingSealed()
    found = every[-1] if month is None else next((one for one in every if one.month == month), None)
    if found is None:
        raise AnchorUnknown(month=month)
    return found
