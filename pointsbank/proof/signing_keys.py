"""Which key signs for a village's log: the one that the log tells of, under the origin that it tells.

A key is used only once the log tells of it, so nobody signs with a key that no poster and no copy of the log
knows. The origin is the public address without its scheme, `/open/` and the village; it stays as it was told,
even if the address changes, until the key changes or the address no longer is this machine's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.keeper import KEEPER, Keeper
from pointsbank.ledger import LogRecord
from pointsbank.once import is_reading
from pointsbank.proof.signed_notes import KEY_BYTES, Signer, decoded, encoded, public_of, verifier_key
from pointsbank.public_address import LOOPBACK

KIND = "signing_key_set"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key's public half as a village's log tells of it: under which origin, in which entry."""

    origin: str
    public: bytes
    index: int
    set_at: datetime

    @property
    def verifier_key(self) -> str:
        """As foreign tools take it."""
        return verifier_key(self.origin, self.public)


def origin_of(public_url: str, village: str) -> str:
    """Return the origin of a village's log at this public address.

    Example:
        >>> origin_of("https://jf.example.cn/dian", "chayuan")
        'jf.example.cn/dian/open/chayuan'
    """
    return f"{public_url.partition('://')[2]}/open/{village}".replace("+", "%2B")


def signing_keys(session: Session, *, village: str) -> tuple[SigningKey, ...]:
    """Return the keys that a village's log tells of, oldest first: the last one signs.

    Raises VillageUnknown.

    Example:
        proof.signing_keys(session, village="cy")[-1].verifier_key  # "jf.example.cn/open/cy+1f…+AQ…"
    """
    keeper: Keeper | None = session.info.get(KEEPER)
    # A log only grows: what was looked through once is not looked through again.
    found = keeper.find((village, KIND), None) if keeper else None
    seen, known = found[0] if found else (0, ())
    size = ledger.tree_head(session, village=village).size
    if size < seen:
        seen, known = 0, ()
    if size > seen:
        known = (*known, *_keys_from(session, village, seen))
        if keeper and is_reading(session):
            keeper.keep((village, KIND), None, (size, known), 1)
    return tuple(known)


def _keys_from(session: Session, village: str, seen: int) -> list[SigningKey]:
    entries = ledger.log_entries(session, village=village, kinds=(KIND,), from_index=seen, limit=1000)
    found = [(one, one.words or {}) for one in reversed(entries)]
    return [
        SigningKey(str(words.get("origin", "")), public, one.index, one.recorded_at)
        for one, words in found
        if len(public := decoded(str(words.get("public", "")))) == KEY_BYTES
    ]


def signer_for(session: Session, *, village: str, seed: bytes | None) -> Signer | None:
    """Return the village's signer; None where there is no key, or the log does not tell of it yet.

    Raises VillageUnknown.

    Example:
        proof.signer_for(session, village="cy", seed=signing_key.read(data_dir))
    """
    keys = signing_keys(session, village=village)
    if seed is None or not keys or keys[-1].public != public_of(seed):
        return None
    return Signer(keys[-1].origin, seed)


def untold_villages(session: Session, *, public: bytes, public_url: str) -> dict[str, str]:
    """Return the villages whose log does not tell of this key yet, each with the origin to be told.

    Raises VillageUnknown.

    Example:
        proof.untold_villages(session, public=key, public_url="https://jf.example.cn")  # {"cy": "jf.…"}
    """
    wanted = {}
    for village in villages.everyone(session):
        origin, keys = origin_of(public_url, village.id), signing_keys(session, village=village.id)
        same = bool(keys) and keys[-1].public == public
        if not same or (_is_own_machine(keys[-1].origin) and keys[-1].origin != origin):
            wanted[village.id] = origin
    return wanted


def record_signing_key(
    session: Session, *, public: bytes, public_url: str, by: str, at: datetime
) -> list[str]:
    """Tell the log of every village that does not know it yet which key signs from now on; return these.

    Raises VillageUnknown, as `ledger.record_in_villages`.

    Example:
        proof.record_signing_key(session, public=key, public_url=settings.public_url, by=admin, at=now)
    """
    wanted = untold_villages(session, public=public, public_url=public_url)
    records = {
        village: [LogRecord(KIND, {"origin": origin, "public": encoded(public)})]
        for village, origin in wanted.items()
    }
    if records:
        ledger.record_in_villages(session, records, by=by, at=at)
    return sorted(records)


def _is_own_machine(origin: str) -> bool:
    return (urlsplit(f"//{origin}").hostname or "") in LOOPBACK


@ledger.describes(KIND)
def _key(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return under which name a key signs from now on."""
    return f"{words.get('origin', '')} 从此用新的签名公钥"
