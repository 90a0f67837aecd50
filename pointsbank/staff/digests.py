"""What is stored instead of a secret of many random bits: its SHA-256."""

from hashlib import sha256


def digest(token: str) -> str:
    """Return what is stored instead of a secret token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
