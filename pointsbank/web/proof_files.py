"""Checkpoints and proofs as files: who signs them here, and how they are sent."""

from flask import Response

from pointsbank import proof
from pointsbank.proof import SealedText, Signing
from pointsbank.web import access


def signing(village: str) -> Signing:
    """Return how proofs of a village are signed here."""
    return proof.signing(access.settings(), village)


def sent(found: SealedText, name: str) -> Response:
    """Return a checkpoint or a proof as a text file; a header says whether it is signed."""
    response = Response(found.text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Signed"] = "yes" if found.signed else "no"
    return response
