"""Under which origin and by which key an installation gives proofs of a village."""

from typing import TypedDict

from pointsbank import signing_key
from pointsbank.config import Settings
from pointsbank.proof.signing_keys import origin_of


class Signing(TypedDict):
    """Two arguments of every proof: the origin, and the key that may sign it."""

    origin: str
    seed: bytes | None


def signing(settings: Settings, village: str) -> Signing:
    """Return how proofs of a village are signed; without a key, a damaged one or in practice not at all.

    Example:
        proof.sealed_checkpoint(session, village="cy", **proof.signing(settings, "cy"))
    """
    try:
        seed = None if settings.practice else signing_key.read(settings.data_dir)
    except ValueError:  # said at the start, and by the command that shows it
        seed = None
    return {"origin": origin_of(settings.public_url, village), "seed": seed}
