"""Under which origin and by which key an installation gives proofs of a village."""

from typing import TypedDict

from sqlmodel import Session

from pointsbank import signing_key
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.proof.signing_keys import origin_of


class Signing(TypedDict):
    """Two arguments of every proof: the origin, and the key that may sign it."""

    origin: str
    seed: bytes | None


def let_sign(database: Database, settings: Settings) -> None:
    """Let sheets that are gathered from a database be signed by its installation's key, as it is now.

    Example:
        proof.let_sign(database, settings)
    """
    database.info[signing_key.SEED] = _seed(settings)


def signing_here(session: Session, *, village: str, public_url: str) -> Signing:
    """Return how proofs are signed that a sheet carries: by the key of the database's own installation.

    Example:
        proof.sealed_inclusion(session, village="cy", index=4, **proof.signing_here(session, …), brief=True)
    """
    return {"origin": origin_of(public_url, village), "seed": session.info.get(signing_key.SEED)}


def signing(settings: Settings, village: str) -> Signing:
    """Return how proofs of a village are signed.

    Example:
        proof.sealed_checkpoint(session, village="cy", **proof.signing(settings, "cy"))
    """
    return {"origin": origin_of(settings.public_url, village), "seed": _seed(settings)}


def _seed(settings: Settings) -> bytes | None:
    """Return the key; none in practice, and none where it is damaged, which the start says."""
    try:
        return None if settings.practice else signing_key.read(settings.data_dir)
    except ValueError:
        return None
