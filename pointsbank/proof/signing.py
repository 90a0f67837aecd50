"""Under which origin and by which key an installation gives proofs of a village."""

from pathlib import Path
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
    """Let what is read from a database be signed by its installation's key; a practice village's is not.

    Example:
        proof.let_sign(database, settings)
    """
    if not settings.practice:
        database.info[signing_key.DATA_DIR] = settings.data_dir


def signing_here(session: Session, *, village: str, public_url: str) -> Signing:
    """Return how proofs are signed that a sheet carries: by the key of the database's own installation.

    Example:
        proof.sealed_inclusion(session, village="cy", index=4, **proof.signing_here(session, …), brief=True)
    """
    folder: Path | None = session.info.get(signing_key.DATA_DIR)
    return {"origin": origin_of(public_url, village), "seed": _seed(folder)}


def signing(settings: Settings, village: str) -> Signing:
    """Return how proofs of a village are signed; without a key, a damaged one or in practice not at all.

    Example:
        proof.sealed_checkpoint(session, village="cy", **proof.signing(settings, "cy"))
    """
    folder = None if settings.practice else settings.data_dir
    return {"origin": origin_of(settings.public_url, village), "seed": _seed(folder)}


def _seed(folder: Path | None) -> bytes | None:
    """Return the key of a data directory; a damaged one signs nothing, which the start says."""
    try:
        return None if folder is None else signing_key.read(folder)
    except ValueError:
        return None
