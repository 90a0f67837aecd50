"""Checkpoints and proofs as files: who signs them here, and how they are sent."""

from typing import TypedDict

from flask import Response

from pointsbank import proof, signing_key
from pointsbank.proof import SealedText
from pointsbank.web import access


class Signing(TypedDict):
    """Under which origin a village's proofs are given, and the key that may sign them."""

    origin: str
    seed: bytes | None


def signing(village: str) -> Signing:
    """Return how proofs of a village are signed; without a key, a damaged one or in practice not at all."""
    settings = access.settings()
    try:
        seed = None if settings.practice else signing_key.read(settings.data_dir)
    except ValueError:
        seed = None
    return {"origin": proof.origin_of(settings.public_url, village), "seed": seed}


def sent(found: SealedText, name: str) -> Response:
    """Return a checkpoint or a proof as a text file; a header says whether it is signed."""
    response = Response(found.text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Signed"] = "yes" if found.signed else "no"
    return response
