"""What somebody typed or photographed from a poster or a slip, against the anchors of the village."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from pointsbank import ledger, merkle
from pointsbank.database import Database
from pointsbank.merkle import Frontier
from pointsbank.proof.anchors import Anchor, DigitsInvalid, anchor_digest, digits_of, typed_digits
from pointsbank.proof.slip_codes import SlipEntry, slip_entry

_CODE = re.compile(r"pointsbank-anchor-v1:([^:\s]{1,64}):(\d{4}-\d\d):(\d{1,16}):([0-9a-f]{64})")


class Fit(StrEnum):
    """Whether a poster fits the ledger."""

    FITS = "fits"
    OTHER_MONTH = "other_month"
    OTHER_VILLAGE = "other_village"
    FITS_NOTHING = "fits_nothing"
    ENTRY = "entry"
    ENTRY_NOT = "entry_not"
    LOG_CHANGED = "log_changed"


@dataclass(frozen=True, slots=True)
class PosterCheck:
    """How a poster or a slip fits, and the anchor that it belongs to, if any; of a slip its entry, too."""

    fit: Fit
    anchor: Anchor | None = None
    entry: SlipEntry | None = None


def check_poster(anchors: Sequence[Anchor], *, month: str, text: str) -> PosterCheck:
    """Return how what a poster says fits the anchors; `month` is the one that it is held against.

    Args:
        text: thirty digits, or the whole text of a poster's or a slip's code; spaces, line breaks and
            the wide letters and digits that Chinese keyboards give do no harm.

    Raises:
        DigitsInvalid: it is neither.

    Example:
        proof.check_poster(anchors, month="2026-10", text="48210 00317 …").fit is Fit.FITS
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if (entry := slip_entry(plain)) is not None:
        return _check_entry(anchors, entry)
    scanned = _CODE.search(plain)
    if scanned is None and "pointsbank-anchor" in plain:
        raise DigitsInvalid()
    if scanned is not None:
        if any(one.fields["vil"] != scanned[1] for one in anchors):
            return PosterCheck(Fit.OTHER_VILLAGE)
        found = next((one for one in anchors if one.code == scanned[0]), None)
    else:
        digits = typed_digits(plain)
        found = next((one for one in anchors if digits_of(one.digest) == digits), None)
    if found is None:
        return PosterCheck(Fit.FITS_NOTHING)
    return PosterCheck(Fit.FITS if found.month == month else Fit.OTHER_MONTH, found)


def _check_entry(anchors: Sequence[Anchor], entry: SlipEntry) -> PosterCheck:
    """Return whether a slip's entry stands under the anchor of the month that its proof leads to."""
    if any(one.fields["vil"] != entry.village for one in anchors):
        return PosterCheck(Fit.OTHER_VILLAGE)
    found = next((one for one in anchors if one.fields["size"] == entry.size), None)
    if found is None or not entry.stands_under(bytes.fromhex(found.fields["root"])):
        return PosterCheck(Fit.ENTRY_NOT)
    return PosterCheck(Fit.ENTRY, found, entry)


def standing(database: Database, anchors: Sequence[Anchor], *, village: str) -> frozenset[bytes]:
    """Return the digests of those anchors that the log itself still gives, each entry hashed once for all.

    Without it a poster would fit an anchor, and nobody would have asked whether the entries do.

    Example:
        proof.standing(database, anchors, village="cy") >= {anchors[-1].digest}
    """
    whole = [one for one in anchors if anchor_digest(one.content) == one.digest and _is_own(one, village)]
    roots = _roots(database, village, {one.fields["size"] for one in whole})
    return frozenset(
        one.digest for one in whole if roots.get(one.fields["size"]) == bytes.fromhex(one.fields["root"])
    )


def check_log(checked: PosterCheck, standing: Collection[bytes]) -> PosterCheck:
    """Return what was found of a poster, once the log itself was held against the anchors.

    Args:
        standing: of the anchors, what `standing` returns.

    Example:
        proof.check_log(proof.check_poster(anchors, month="2026-10", text=text), standing).fit is Fit.FITS
    """
    if checked.anchor is None or checked.anchor.digest in standing:
        return checked
    return replace(checked, fit=Fit.LOG_CHANGED)


def _is_own(one: Anchor, village: str) -> bool:
    """Return whether an anchor says that it is of the village and the month under which it is stored."""
    return bool((one.fields["vil"], one.fields["month"]) == (village, one.month))


def _roots(database: Database, village: str, sizes: Collection[int]) -> dict[int, bytes]:
    """Return the root over the first entries of a log for each of these sizes that it has."""
    entries = ledger.public_entries(database, village=village, size=max(sizes, default=0))
    tree, roots = Frontier(), dict[int, bytes]()
    for size in sorted(sizes):
        some = list(islice(entries, size - tree.size))
        if len(some) < size - tree.size or not all(isinstance(each, bytes) for each in some):
            # Somebody took entries out, or wrote what is none.
            break
        tree = tree.extend(map(merkle.leaf_hash, some))
        roots[size] = tree.root
    return roots
